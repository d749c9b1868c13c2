using Microsoft.Extensions.Options;
using NacGateway.Core.Accounting;
using NacGateway.Core.Authentication;
using NacGateway.Radius.Client;

namespace NacGateway.Web.Desk.Radius;

/// <summary>The configured servers with what is known of each: a look into memory. Safe for concurrent use.</summary>
internal sealed class RadiusServerList(IOptions<RadiusOptions> options, RadiusHealth radius, AccountingHealth accounting)
{
    /// <summary>All, those for sign-ins before those for accounting, each in the order in which they are asked.</summary>
    public IReadOnlyList<DeskServer> Read() =>
        [.. Of(ServerRole.Authentication, radius.Servers), .. accounting.IsEnabled ? Of(ServerRole.Accounting, accounting.Servers) : []];

    /// <summary>One server at each of its ports; empty for a name that is none.</summary>
    public IReadOnlyList<DeskServer> Find(string name) => [.. Read().Where(server => server.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];

    private IEnumerable<DeskServer> Of(ServerRole role, IReadOnlyList<ServerHealth> known) => options.Value.Servers
        .Select(server => new DeskServer(server.Name, role, server.Priority, known.FirstOrDefault(health => health.Name == server.Name)))
        .OrderBy(server => server.Order);
}
