using Microsoft.Extensions.Options;
using NacGateway.Core.Administration;
using NacGateway.Core.Authentication;
using NacGateway.Radius.Client;

namespace NacGateway.Web.Desk.Access;

/// <summary>Signs in whom a RADIUS server accepts and a line of <c>Admin:Roles</c> makes an administrator.</summary>
internal sealed class RadiusSignIn(AdminRadius radius, AdministratorAccounts accounts, SessionStart start, RadiusHealth health, IOptions<AdminOptions> options)
{
    private readonly RoleMap _roles = RoleMap.TryParse(options.Value.Roles.Select(line => (line.Attribute, line.Role)), out var map, out var errors) ? map : throw new InvalidOperationException(string.Join(' ', errors));

    /// <summary>Whether anybody could sign in by it; otherwise no password is sent anywhere.</summary>
    public bool IsOn => options.Value.RadiusSignIn && !_roles.IsEmpty;

    /// <summary>Whether nobody could sign in by it now, for no server answers. It is the same for every name.</summary>
    public bool IsOut => IsOn && health.Servers.All(server => server.State == ServerState.Dead);

    /// <summary>Whose challenge waits under an identifier; null for nobody's.</summary>
    public string? Awaited(string id, SignInAttempt attempt) => radius.NameOf(id, attempt.Source);

    public async Task<SignInStep> AskAsync(string name, string password, SignInAttempt attempt, CancellationToken cancellationToken) =>
        await ReadAsync(await radius.AskAsync(name, password, attempt.Source, _roles, cancellationToken), attempt, cancellationToken);

    public async Task<SignInStep> AnswerAsync(string id, string answer, SignInAttempt attempt, CancellationToken cancellationToken) =>
        await ReadAsync(await radius.AnswerAsync(id, answer, attempt.Source, _roles, cancellationToken), attempt, cancellationToken);

    private async Task<SignInStep> ReadAsync(AdminVerdict verdict, SignInAttempt attempt, CancellationToken cancellationToken) => verdict switch
    {
        AdminVerdict.Accepted accepted when AdminNames.IsReserved(accepted.Name) => SignInStep.Refused("The name means something else in the audit trail."),
        AdminVerdict.Accepted accepted when await accounts.FindAsync(accepted.Name, cancellationToken) is { ClosedAt: null } => SignInStep.Refused("The name that the server gave in its reply is that of a local account."),
        AdminVerdict.Accepted accepted => await start.BeginRadiusAsync(accepted, attempt, cancellationToken) is { } begun ? new SignInStep(begun) : SignInStep.Refused("The session could not begin."),
        AdminVerdict.Challenged challenged => new SignInStep(new SignInOutcome.Code(challenged.ChallengeId, challenged.Name, challenged.Messages, challenged.Echo)),
        AdminVerdict.Refused refused => SignInStep.Refused(refused.Why),
        AdminVerdict.NotAsked notAsked => new SignInStep(new SignInOutcome.NotAsked(), notAsked.Why),
        _ => new SignInStep(new SignInOutcome.Expired()),
    };
}
