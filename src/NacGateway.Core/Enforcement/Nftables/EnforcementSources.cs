using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>All that the firewall is a function of.</summary>
internal sealed class EnforcementSources(
    SessionTable sessions, LeaseTable leases, PolicyBook policies, GardenAddresses garden, EnforcementPorts ports, IOptions<EnforcementOptions> options)
{
    private readonly TimeProvider _time = sessions.Time;

    public SessionTable Sessions => sessions;

    public LeaseTable Leases => leases;

    public PolicyBook Policies => policies;

    /// <summary>What the rules follow from now.</summary>
    public RulesetPlan Plan(ImmutableSortedSet<string> rolesInUse) => new()
    {
        LanInterfaces = [.. options.Value.LanInterfaces],
        MasqueradeInterfaces = [.. options.Value.MasqueradeInterfaces],
        Ports = ports,
        GatewayPorts = [.. options.Value.GatewayPorts],
        Resolvers = [.. options.Value.Resolvers.Select(text => NetworkPrefix.TryParse(text, out var prefix) ? prefix : default)],
        DnsQueriesPerSecond = options.Value.DnsQueriesPerSecond,
        Garden = garden.Prefixes,
        Policy = policies.Current,
        RolesInUse = rolesInUse,
    };

    /// <summary>What the rules follow from, with roles of which some may be written twice.</summary>
    public RulesetPlan Plan(IEnumerable<string> rolesInUse) => Plan(rolesInUse.ToImmutableSortedSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>What the kernel is to know of a session; null for nothing.</summary>
    public EnforcedSession? Desired(ActiveSession session, AccessPolicy policy) => EnforcedSession.Of(session, leases, policy, _time);
}
