using System.Globalization;
using System.Text;
using NacGateway.Core.Policy;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>
/// Writes our table in nft's language. Sets are added where they are missing and keep their elements; chains are emptied and filled anew. As
/// one transaction that is a change without a gap: no packet meets half of it.
/// </summary>
/// <remarks>
/// The way of a packet from a device: chain <c>intercept</c> (NAT: the web of strangers goes to the gate), then <c>forward</c> for what goes
/// through, <c>input</c> for what is meant for the gateway itself. Our base chains accept what is none of our business, and come before other
/// tables' filters: what we let through those may still drop, and nothing of theirs is touched.
/// </remarks>
internal static class RulesetText
{
    private static readonly string[] s_chains =
        ["intercept", "forward", "input", "translate", "from_lan", "to_lan", "strangers", "opened", "bounded", "garden", "lan_input"];

    /// <summary>The commands that make the table what the plan says.</summary>
    public static string Build(RulesetPlan plan)
    {
        var text = new StringBuilder(4096);
        text.Append("add table inet nacgateway\n");
        Sets(text);
        RoleText.Sets(text, plan);
        foreach (var chain in s_chains)
        {
            text.Append("add chain inet nacgateway ").Append(chain).Append(HookOf(chain)).Append('\n');
        }

        foreach (var chain in s_chains)
        {
            text.Append("flush chain inet nacgateway ").Append(chain).Append('\n');
        }

        RoleText.Chains(text, plan);
        text.Append("table inet nacgateway {\n");
        Forward(text, plan);
        Strangers(text, plan);
        Input(text, plan);
        Translation(text, plan);
        text.Append("}\n");
        Garden(text, plan);
        return text.ToString();
    }

    private static string HookOf(string chain) => chain switch
    {
        "intercept" => " { type nat hook prerouting priority -101; policy accept; }",
        "forward" => " { type filter hook forward priority -10; policy accept; }",
        "input" => " { type filter hook input priority -10; policy accept; }",
        "translate" => " { type nat hook postrouting priority 99; policy accept; }",
        _ => "",
    };

    /// <summary>
    /// open: devices that have a session without bounds, counted. bound: those with a rate or destinations; what of theirs passes is counted by
    /// up. down: what goes to either. The pair of both addresses is the key, so that neither alone opens anything.
    /// </summary>
    private static void Sets(StringBuilder text)
    {
        foreach (var (family, type, saddr) in new[] { ('4', "ipv4_addr", "ip saddr"), ('6', "ipv6_addr", "ip6 saddr") })
        {
            text.Append(CultureInfo.InvariantCulture, $"add set inet nacgateway open{family} {{ typeof ether saddr . {saddr}; flags timeout; counter; }}\n");
            text.Append(CultureInfo.InvariantCulture, $"add set inet nacgateway bound{family} {{ typeof ether saddr . {saddr}; flags timeout; }}\n");
            text.Append(CultureInfo.InvariantCulture, $"add set inet nacgateway up{family} {{ type {type}; flags timeout; counter; }}\n");
            text.Append(CultureInfo.InvariantCulture, $"add set inet nacgateway down{family} {{ type {type}; flags timeout; counter; }}\n");
            text.Append(CultureInfo.InvariantCulture, $"add map inet nacgateway roles{family} {{ type {type} : verdict; }}\n");
            text.Append(CultureInfo.InvariantCulture, $"add map inet nacgateway upload{family} {{ type {type} : limit; }}\n");
            text.Append(CultureInfo.InvariantCulture, $"add map inet nacgateway download{family} {{ type {type} : limit; }}\n");
            text.Append(CultureInfo.InvariantCulture, $"add set inet nacgateway garden{family} {{ type {type}; flags interval; auto-merge; }}\n");
            text.Append(CultureInfo.InvariantCulture, $"add set inet nacgateway garden_names{family} {{ type {type}; flags timeout; timeout 1h; size 65536; }}\n");
            text.Append(CultureInfo.InvariantCulture, $"add set inet nacgateway seen{family} {{ typeof ether saddr . {saddr}; size 65536; flags dynamic,timeout; timeout 2s; }}\n");
            text.Append(CultureInfo.InvariantCulture, $"add set inet nacgateway dns{family} {{ type {type}; size 65536; flags dynamic,timeout; timeout 10s; }}\n");
        }
    }

    private static void Forward(StringBuilder text, RulesetPlan plan)
    {
        var lan = Interfaces(plan.LanInterfaces);
        text.Append(CultureInfo.InvariantCulture, $$"""
              chain forward {
                iifname {{lan}} jump from_lan
                oifname {{lan}} jump to_lan
              }
              chain from_lan {
                ether saddr . ip saddr @open4 jump opened
                ether saddr . ip6 saddr @open6 jump opened
                ether saddr . ip saddr @bound4 jump bounded
                ether saddr . ip6 saddr @bound6 jump bounded
                jump strangers
              }
              chain opened {
                oifname {{lan}} jump to_lan
                accept
              }
              chain bounded {
                ip saddr vmap @roles4
                ip6 saddr vmap @roles6
                limit name ip saddr map @upload4 drop
                limit name ip6 saddr map @upload6 drop
                oifname {{lan}} jump to_lan
                ip saddr @up4 accept
                ip6 saddr @up6 accept
                drop
              }
              chain to_lan {
                ct state { established, related } jump garden
                ct state != { established, related } drop
                limit name ip daddr map @download4 drop
                limit name ip6 daddr map @download6 drop
                ip daddr @down4 accept
                ip6 daddr @down6 accept
                drop
              }
              chain garden {
                ip saddr @garden4 accept
                ip saddr @garden_names4 accept
                ip6 saddr @garden6 accept
                ip6 saddr @garden_names6 accept

            """);
        foreach (var resolver in plan.Resolvers)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {Match(resolver, "saddr")} meta l4proto {{ tcp, udp }} th sport 53 accept\n");
        }

        text.Append("  }\n");
    }

    /// <summary>Who has no session: the garden, DNS in measure, a quick no for what would otherwise wait, and silence for the rest.</summary>
    private static void Strangers(StringBuilder text, RulesetPlan plan)
    {
        text.Append(CultureInfo.InvariantCulture, $$"""
              chain strangers {
                ether saddr . ip saddr != @seen4 limit rate 500/second add @seen4 { ether saddr . ip saddr } log group {{Names.LogGroup}} snaplen 64
                ether saddr . ip6 saddr != @seen6 limit rate 500/second add @seen6 { ether saddr . ip6 saddr } log group {{Names.LogGroup}} snaplen 64
                ip daddr @garden4 accept
                ip daddr @garden_names4 accept
                ip6 daddr @garden6 accept
                ip6 daddr @garden_names6 accept

            """);
        foreach (var resolver in plan.Resolvers)
        {
            var (set, address) = IsIPv6(resolver) ? ("dns6", "ip6 saddr") : ("dns4", "ip saddr");
            text.Append(CultureInfo.InvariantCulture, $"    {Match(resolver, "daddr")} meta l4proto {{ tcp, udp }} th dport 53 {Excess(set, address, plan)} drop\n");
            text.Append(CultureInfo.InvariantCulture, $"    {Match(resolver, "daddr")} meta l4proto {{ tcp, udp }} th dport 53 accept\n");
        }

        text.Append("""
                tcp dport { 443, 853 } reject with tcp reset
                drop
              }

            """);
    }

    /// <summary>What devices may ask of the gateway itself, signed in or not: nothing else of it is theirs.</summary>
    private static void Input(StringBuilder text, RulesetPlan plan)
    {
        var lan = Interfaces(plan.LanInterfaces);
        var tcp = string.Join(", ", new[] { plan.Ports.Gate }.Concat(plan.Ports.Portal).Distinct().Order());
        text.Append(CultureInfo.InvariantCulture, $$"""
              chain input {
                iifname {{lan}} jump lan_input
              }
              chain lan_input {
                meta l4proto { tcp, udp } th dport 53 ether saddr . ip saddr != @open4 ether saddr . ip saddr != @bound4 {{Excess("dns4", "ip saddr", plan)}} drop
                meta l4proto { tcp, udp } th dport 53 ether saddr . ip6 saddr != @open6 ether saddr . ip6 saddr != @bound6 {{Excess("dns6", "ip6 saddr", plan)}} drop
                meta l4proto { tcp, udp } th dport 53 return
                udp dport { 67, 547 } return
                tcp dport { {{tcp}} } return
                icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert, mld-listener-report, mld2-listener-report, mld-listener-done } return
                icmpv6 type { destination-unreachable, packet-too-big, time-exceeded, parameter-problem } return
                icmp type { destination-unreachable, time-exceeded, parameter-problem } return
                icmp type echo-request limit rate 100/second return
                icmpv6 type echo-request limit rate 100/second return
                ct direction reply ct state established return

            """);
        foreach (var port in plan.GatewayPorts)
        {
            if (EnforcementOptionsValidator.TryReadPort(port, out var protocol, out var number))
            {
                text.Append(CultureInfo.InvariantCulture, $"    {protocol} dport {number} return\n");
            }
        }

        text.Append("""
                meta l4proto tcp reject with tcp reset
                drop
              }

            """);
    }

    private static void Translation(StringBuilder text, RulesetPlan plan)
    {
        var lan = Interfaces(plan.LanInterfaces);
        // Compared with "not in the set": that looks an element up without counting the packet for it.
        text.Append(CultureInfo.InvariantCulture, $$"""
              chain intercept {
                iifname != {{lan}} return
                {{(plan.Ports.Portal.Contains(80) || plan.Ports.Gate == 80 ? "" : "tcp dport != 80 ")}}fib daddr type local return
                ip daddr @garden4 return
                ip daddr @garden_names4 return
                ip6 daddr @garden6 return
                ip6 daddr @garden_names6 return
                tcp dport 80 ether saddr . ip saddr != @open4 ether saddr . ip saddr != @bound4 redirect to :{{plan.Ports.Gate}}
                tcp dport 80 ether saddr . ip6 saddr != @open6 ether saddr . ip6 saddr != @bound6 redirect to :{{plan.Ports.Gate}}
              }

            """);
        if (!plan.MasqueradeInterfaces.IsEmpty)
        {
            text.Append(CultureInfo.InvariantCulture, $"  chain translate {{\n    iifname {lan} oifname {Interfaces(plan.MasqueradeInterfaces)} meta nfproto ipv4 masquerade\n  }}\n");
        }
    }

    private static void Garden(StringBuilder text, RulesetPlan plan)
    {
        foreach (var (set, isIPv6) in new[] { ("garden4", false), ("garden6", true) })
        {
            text.Append("flush set inet nacgateway ").Append(set).Append('\n');
            var elements = string.Join(", ", plan.Garden.Where(prefix => IsIPv6(prefix) == isIPv6).Select(prefix => prefix.ToString()));
            if (elements.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"add element inet nacgateway {set} {{ {elements} }}\n");
            }
        }
    }

    internal static string Match(NetworkPrefix prefix, string direction) => $"{(IsIPv6(prefix) ? "ip6" : "ip")} {direction} {prefix}";

    internal static bool IsIPv6(NetworkPrefix prefix) => !prefix.IsIPv4;

    private static string Excess(string set, string address, RulesetPlan plan) =>
        string.Create(CultureInfo.InvariantCulture, $"update @{set} {{ {address} limit rate over {plan.DnsQueriesPerSecond}/second burst {plan.DnsQueriesPerSecond * 5} packets }}");

    private static string Interfaces(IEnumerable<string> names) => $"{{ {string.Join(", ", names.Select(name => $"\"{name}\""))} }}";
}
