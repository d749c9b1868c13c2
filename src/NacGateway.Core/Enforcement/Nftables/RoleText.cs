using System.Globalization;
using System.Text;
using NacGateway.Core.Policy;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>
/// Writes the destinations of roles as chains: one for each role, which returns what it allows and drops the rest, and one for each group of
/// roles that sessions are under, which asks each of them.
/// </summary>
internal static class RoleText
{
    /// <summary>Sets for the names in the destinations, which the resolver fills.</summary>
    public static void Sets(StringBuilder text, RulesetPlan plan)
    {
        foreach (var pattern in Bounded(plan.Policy).SelectMany(role => role.Destinations!.Rules).Select(rule => rule.Host).OfType<HostPattern>().Distinct())
        {
            text.Append(CultureInfo.InvariantCulture, $"add set inet nacgateway {Names.NameSet(pattern, isIPv6: false)} {{ type ipv4_addr; flags timeout; timeout 1h; size 65536; }}\n");
            text.Append(CultureInfo.InvariantCulture, $"add set inet nacgateway {Names.NameSet(pattern, isIPv6: true)} {{ type ipv6_addr; flags timeout; timeout 1h; size 65536; }}\n");
        }
    }

    public static void Chains(StringBuilder text, RulesetPlan plan)
    {
        foreach (var role in Bounded(plan.Policy))
        {
            Open(text, Names.RoleChain(role.Name));
            foreach (var rule in role.Destinations!.Rules)
            {
                Rule(text, rule);
            }

            text.Append("    drop\n  }\n}\n");
        }

        foreach (var roles in plan.RolesInUse)
        {
            Group(text, roles, plan.Policy);
        }
    }

    /// <summary>The chain of one group of roles, for a session that is the first under it.</summary>
    public static void Group(StringBuilder text, string roles, AccessPolicy policy)
    {
        Open(text, Names.RolesChain(roles));
        foreach (var name in roles.Split(AccessPolicy.Separator, StringSplitOptions.RemoveEmptyEntries))
        {
            // A role that the rules no longer have reaches nothing, or its removal would free those whom it held.
            if (!policy.TryFindRole(name, out var role))
            {
                text.Append("    drop\n");
            }
            else if (role.Destinations is not null)
            {
                text.Append("    jump ").Append(Names.RoleChain(role.Name)).Append('\n');
            }
        }

        text.Append("  }\n}\n");
    }

    private static IEnumerable<PolicyRole> Bounded(AccessPolicy policy) => policy.Roles.Where(role => role.Destinations is not null);

    private static void Open(StringBuilder text, string chain) =>
        text.Append(CultureInfo.InvariantCulture, $"add chain inet nacgateway {chain}\nflush chain inet nacgateway {chain}\ntable inet nacgateway {{\n  chain {chain} {{\n");

    private static void Rule(StringBuilder text, DestinationRule rule)
    {
        var verdict = rule.IsAllowed ? "return" : "drop";
        var (first, last) = rule.Ports;
        var ports = (first, last) is (0, 65535) ? ""
            : first == last ? string.Create(CultureInfo.InvariantCulture, $"meta l4proto {{ tcp, udp }} th dport {first} ")
            : string.Create(CultureInfo.InvariantCulture, $"meta l4proto {{ tcp, udp }} th dport {first}-{last} ");
        string[] matches = rule switch
        {
            { Prefix: { } prefix } => [prefix.Length == 0 ? "" : RulesetText.Match(prefix, "daddr") + " "],
            { Host: { } host } => [$"ip daddr @{Names.NameSet(host, isIPv6: false)} ", $"ip6 daddr @{Names.NameSet(host, isIPv6: true)} "],
            _ => [""],
        };
        foreach (var match in matches)
        {
            text.Append("    ").Append(match).Append(ports).Append(verdict).Append('\n');
        }
    }
}
