using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using NacGateway.Core.Administration;

namespace NacGateway.Web.Desk.Access;

/// <summary>Begins the session of an administrator, under a token that is new each time: one that a browser brought along is worth nothing.</summary>
internal sealed class SessionStart(AdminSessions sessions, IOptions<AdminOptions> options, TimeProvider time)
{
    /// <summary>Begins one by a local account; null when it was closed or changed, or the code was used, meanwhile.</summary>
    public Task<SignInOutcome.SignedIn?> BeginLocalAsync(Administrator account, long? timeStep, SignInAttempt attempt, CancellationToken cancellationToken) =>
        BeginAsync(Session(account.Name, account.Role, AdminSession.Local, attempt, longest: null), account.Id, timeStep, timeStep is null ? "Local account." : "Local account, with a code.", cancellationToken);

    /// <summary>Begins one that a RADIUS server granted.</summary>
    public Task<SignInOutcome.SignedIn?> BeginRadiusAsync(AdminVerdict.Accepted accepted, SignInAttempt attempt, CancellationToken cancellationToken) =>
        BeginAsync(Session(accepted.Name, accepted.Role, $"radius {accepted.Server}", attempt, accepted.Longest), accountId: null, timeStep: null, $"{accepted.Server} accepted, {accepted.By}.", cancellationToken);

    private async Task<SignInOutcome.SignedIn?> BeginAsync((byte[] Token, AdminSession Session) begun, long? accountId, long? timeStep, string detail, CancellationToken cancellationToken)
    {
        var (token, session) = begun;
        var line = AccessTrail.Line(session.Name, session.Role, System.Net.IPAddress.Parse(session.Source), detail);
        return await sessions.BeginAsync(session, accountId, timeStep, line, cancellationToken) ? new SignInOutcome.SignedIn(token, session) : null;
    }

    private (byte[] Token, AdminSession Session) Session(string name, DeskRole role, string origin, SignInAttempt attempt, TimeSpan? longest)
    {
        var token = DeskCookie.NewToken();
        var now = time.GetUtcNow();
        var lifetime = longest < options.Value.SessionLifetime ? longest.Value : options.Value.SessionLifetime;
        return (token, new AdminSession
        {
            TokenHash = SHA256.HashData(token),
            Name = name,
            Role = role,
            Origin = origin,
            StartedAt = now,
            SeenAt = now,
            ExpiresAt = now + lifetime,
            Source = attempt.Source.ToString(),
            UserAgent = attempt.UserAgent,
        });
    }
}
