namespace NacGateway.Web.Portal.Forms;

/// <summary>What the challenge page needs to know. State and password are not here: Core keeps the one and forgets the other.</summary>
/// <param name="ChallengeId">Core's handle.</param>
/// <param name="UserName">Who is signing in.</param>
/// <param name="Messages">Reply-Messages, untrusted.</param>
/// <param name="Echo">Whether the answer is shown while typing.</param>
internal sealed record PendingChallenge(string ChallengeId, string UserName, IReadOnlyList<string> Messages, bool Echo);
