using System.Net;

namespace NacGateway.Core.Authentication;

/// <summary>A step of a sign-in that no server was asked about.</summary>
/// <param name="AcctSessionId">The session that it would have been.</param>
/// <param name="UserName">User-Name as typed; empty when it cannot even be recorded.</param>
/// <param name="ClientAddress">The client.</param>
/// <param name="Outcome">Why.</param>
internal sealed record UntriedAttempt(string AcctSessionId, string UserName, IPAddress ClientAddress, LoginOutcome Outcome);
