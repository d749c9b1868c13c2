namespace NacGateway.Web.Desk.Overview;

/// <summary>What became of sign-ins.</summary>
/// <param name="Accepted">Those that opened a session.</param>
/// <param name="Refused">Those that a server or a rule refused.</param>
/// <param name="Unanswered">Those without an answer that could be believed.</param>
/// <param name="NotTried">Those that were not sent: throttled, busy, not sendable.</param>
/// <param name="Challenged">Steps that a server answered by a challenge; not part of the others.</param>
public sealed record SignInCounts(long Accepted, long Refused, long Unanswered, long NotTried, long Challenged);
