using Microsoft.Extensions.Options;
using NacGateway.Core.Authentication;
using NacGateway.Radius.Client;
using NacGateway.Radius.Transport;
using NacGateway.Web.Admin;

namespace NacGateway.Web.Hosting.Probes;

/// <summary>Whether there is a server to ask, and how each does. It sends nothing: a server that is down is known by the sign-ins, or by Status-Server.</summary>
internal sealed class RadiusProbe(IOptions<RadiusOptions> options, RadiusHealth health) : IReadinessProbe
{
    public Task<ReadinessCheck> LookAsync(CancellationToken cancellationToken)
    {
        var servers = health.Servers;
        var check = options.Value.Servers.Count == 0 ? new ReadinessCheck("radius", false, "no server is configured; set Radius:Servers")
            : servers.Count == 0 ? new ReadinessCheck("radius", false, "no name of Radius:Servers could be resolved; correct Radius:Servers:N:Host or the name service")
            : new ReadinessCheck("radius", servers.Any(server => server.State != ServerState.Dead), string.Join("; ", servers.Select(Describe)));
        return Task.FromResult(check);
    }

    /// <summary>Signs of another secret or of a forger, which silence is not.</summary>
    private static readonly (DropReason Reason, string Words)[] s_unbelieved =
    [
        (DropReason.WrongAuthenticator, "with a wrong authenticator (compare the shared secret)"),
        (DropReason.WrongMessageAuthenticator, "with a wrong Message-Authenticator"),
        (DropReason.MissingMessageAuthenticator, "without Message-Authenticator"),
    ];

    private static string Describe(ServerHealth server)
    {
        var trouble = server.State == ServerState.Alive ? "" : $" since {server.Since:u} ({server.LastError})";
        var risk = server.RequiresMessageAuthenticator ? "" : ", replies can be forged: RequireMessageAuthenticator is off (CVE-2024-3596)";
        var unbelieved = string.Concat(s_unbelieved.Where(sign => server.Drops[sign.Reason] > 0).Select(sign => $", {server.Drops[sign.Reason]} replies {sign.Words} were not believed"));
        return $"{server.Name} {server.State.ToString().ToLowerInvariant()}{trouble}{risk}{unbelieved}";
    }
}
