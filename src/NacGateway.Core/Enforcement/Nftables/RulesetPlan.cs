using System.Collections.Immutable;
using NacGateway.Core.Policy;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>What the rules follow from, without the sessions.</summary>
internal sealed record RulesetPlan
{
    public required ImmutableArray<string> LanInterfaces { get; init; }

    public required ImmutableArray<string> MasqueradeInterfaces { get; init; }

    public required EnforcementPorts Ports { get; init; }

    /// <summary>As <c>tcp/22</c>.</summary>
    public required ImmutableArray<string> GatewayPorts { get; init; }

    public required ImmutableArray<NetworkPrefix> Resolvers { get; init; }

    public required int DnsQueriesPerSecond { get; init; }

    /// <summary>Addresses of the walled garden; its names are learnt by the resolver.</summary>
    public required ImmutableArray<NetworkPrefix> Garden { get; init; }

    /// <summary>The rules in force.</summary>
    public required AccessPolicy Policy { get; init; }

    /// <summary>Names of roles as sessions have them, several joined, that bound destinations.</summary>
    public required ImmutableSortedSet<string> RolesInUse { get; init; }

    /// <summary>Whether the rules that follow from the other are the same.</summary>
    public bool IsAs(RulesetPlan other) =>
        LanInterfaces.SequenceEqual(other.LanInterfaces, StringComparer.Ordinal)
        && MasqueradeInterfaces.SequenceEqual(other.MasqueradeInterfaces, StringComparer.Ordinal)
        && Ports == other.Ports
        && GatewayPorts.SequenceEqual(other.GatewayPorts, StringComparer.Ordinal)
        && Resolvers.SequenceEqual(other.Resolvers)
        && DnsQueriesPerSecond == other.DnsQueriesPerSecond
        && Garden.SequenceEqual(other.Garden)
        && ReferenceEquals(Policy, other.Policy);
}
