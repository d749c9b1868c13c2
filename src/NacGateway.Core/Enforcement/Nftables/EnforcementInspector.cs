using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Core.Enforcement.Leases;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>Looks at the kernel beside a gateway that runs or not: what it holds, what it would hold, and to empty it. For commands.</summary>
internal sealed class EnforcementInspector(
    EnforcementSources sources, SessionRestore restore, PolicyUpkeep policies, NeighbourBook neighbours, IOptions<EnforcementOptions> options, ILoggerFactory logs) : IEnforcementInspector
{
    public EnforcementReport Show()
    {
        using var nft = NftContext.Open();
        var found = FoundTable.Read(nft);
        var leases = found.Leases.ToList();
        var octets = leases.ConvertAll(lease => found.OctetsOf(lease.Lease));
        return new EnforcementReport
        {
            Exists = found.Exists,
            Devices4 = leases.Count(lease => !lease.Lease.IsIPv6),
            Devices6 = leases.Count(lease => lease.Lease.IsIPv6),
            Bounded = leases.Count(lease => lease.IsBounded),
            InputOctets = octets.Sum(one => one.Input),
            OutputOctets = octets.Sum(one => one.Output),
            Rules = found.Exists ? KernelSets.TableOf(nft.ListWithoutElements(NftOutput.Stateless).Output) : "",
        };
    }

    public bool Flush()
    {
        using var nft = NftContext.Open();
        if (!FoundTable.Read(nft).Exists)
        {
            return false;
        }

        var answer = nft.Run("delete table inet nacgateway");
        return answer.IsDone ? true : throw new EnforcementException($"The table cannot be deleted: {answer.Reason}");
    }

    public async Task<EnforcementForecast> PlanAsync(CancellationToken cancellationToken)
    {
        // 1. The sessions as the database has them, under the rules in force, and where their devices are now.
        await policies.LoadAsync(cancellationToken).ConfigureAwait(false);
        await restore.RunAsync(cancellationToken).ConfigureAwait(false);
        await LocateAsync(cancellationToken).ConfigureAwait(false);

        // 2. What the kernel should hold, and what it holds.
        using var nft = NftContext.Open();
        var found = FoundTable.Read(nft);
        var held = found.Leases.ToDictionary(lease => lease.Lease, lease => lease.IsBounded);
        List<string> change = [], open = [];
        var stay = 0;
        List<EnforcedSession> desired = [];
        foreach (var session in sources.Sessions.Walk())
        {
            if (sources.Desired(session, sources.Policies.Current) is not { } enforced)
            {
                continue;
            }

            desired.Add(enforced);
            foreach (var lease in enforced.Leases.Where(IsReachable))
            {
                if (!held.Remove(lease, out var isBounded))
                {
                    open.Add(Line(session, lease));
                }
                else if (isBounded != enforced.IsBounded)
                {
                    change.Add($"{Line(session, lease)}: {(enforced.IsBounded ? "in bounds" : "without bounds")} from then on");
                }
                else
                {
                    stay++;
                }
            }
        }

        return new EnforcementForecast
        {
            Stay = stay,
            Change = change,
            Open = open,
            Close = [.. held.Keys.Select(Closed)],
            Rules = await CompareAsync(nft, desired).ConfigureAwait(false),
        };
    }

    private async Task LocateAsync(CancellationToken cancellationToken)
    {
        using var watch = new NeighbourWatch(sources.Leases, neighbours, options, sources.Sessions.Time, logs.CreateLogger<NeighbourWatch>());
        await watch.StartAsync(cancellationToken).ConfigureAwait(false);
        await watch.StopAsync(cancellationToken).ConfigureAwait(false);
        foreach (var session in sources.Sessions.Walk())
        {
            if (MacAddress.TryParse(session.CallingStationId, out var mac))
            {
                foreach (var address in sources.Leases.AddressesOf(mac).Where(address => !address.ToAddress().IsIPv6LinkLocal))
                {
                    sources.Sessions.Attach(session.AcctSessionId, address);
                }
            }
        }
    }

    /// <summary>Whether the device is behind one of the interfaces of these settings; of one that has been silent nobody can say, so it counts.</summary>
    private bool IsReachable(EnforcedLease lease) => !sources.Leases.TryGet(lease.Address, out var known) || known.Interface is null || options.Value.LanInterfaces.Contains(known.Interface, StringComparer.Ordinal);

    private string Closed(EnforcedLease lease)
    {
        var why = !sources.Sessions.TryFind(lease.Address, out var session) ? "it has no session"
            : sources.Leases.TryGet(lease.Address, out var holder) && holder.Mac != lease.Mac ? $"{holder.Mac} has the address now"
            : "its session has reached a limit";
        return string.Create(CultureInfo.InvariantCulture, $"{lease.Address} ({lease.Mac}){(session is null ? "" : $", {session.UserName}")}: {why}");
    }

    private static string Line(ActiveSession session, EnforcedLease lease) => $"{lease.Address} ({lease.Mac}), {session.UserName}";

    private async Task<IReadOnlyList<string>?> CompareAsync(NftContext nft, List<EnforcedSession> desired)
    {
        var plan = sources.Plan(desired.Select(session => session.Roles).OfType<string>());
        if (await ScratchNamespace.ListAsync(RulesetText.Build(plan)).ConfigureAwait(false) is not { } planned)
        {
            return null;
        }

        var now = KernelSets.RulesOf(nft.ListWithoutElements(NftOutput.Stateless).Output);
        return [.. RuleLines.Compare(now, planned)];
    }
}
