using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>
/// Our table in the kernel, and what we know of it: the firewall as a function of the sessions. Either all of a change is done or none. For
/// one thread at a time.
/// </summary>
internal sealed class KernelTable(NftContext nft, EnforcementSources sources, TimeProvider time)
{
    /// <summary>Sessions that are written at once where the kernel has none yet.</summary>
    private const int Piece = 10_000;

    private static readonly string[] s_maps = ["roles4", "roles6", "upload4", "upload6", "download4", "download6"];

    private readonly CounterBook _counters = new(nft, sources.Sessions, time);
    private Dictionary<string, EnforcedSession> _known = new(StringComparer.Ordinal);
    private RulesetPlan? _plan;
    private string _picture = "";
    private string _refusal = "";

    /// <summary>Sessions that the kernel lets through.</summary>
    public int Count => _known.Count;

    private TimeSpan Now => time.GetElapsedTime(0, time.GetTimestamp());

    /// <summary>Whether rules, roles or garden have changed since they were written.</summary>
    public bool IsOutdated => _plan is null || !_plan.IsAs(sources.Plan(_plan.RolesInUse));

    /// <summary>Whether the table is as it was left, but for elements.</summary>
    public bool IsUntouched() => string.Equals(TakePicture(), _picture, StringComparison.Ordinal);

    /// <summary>Whether the table is as it was left, element for element: for when news were lost, which our own of many sessions can crowd out.</summary>
    public bool IsAsThought()
    {
        if (!IsUntouched())
        {
            return false;
        }

        var found = FoundTable.Read(nft);
        return _known.Values.All(session => session.Leases.All(lease => found.Take(session, lease, Now))) && found.IsAllTaken;
    }

    /// <summary>
    /// Makes the kernel as the sessions say, whatever it holds: rules are written anew, elements that are right stay with their counters, the
    /// others go and come.
    /// </summary>
    /// <exception cref="EnforcementException">The kernel refuses.</exception>
    public void Rebuild()
    {
        var desired = Desired();
        var plan = sources.Plan([.. desired.Values.Select(session => session.Roles).OfType<string>()]);
        var found = FoundTable.Read(nft);
        if (!TryRebuild(plan, desired, found, afresh: false) && !TryRebuild(plan, desired, found, afresh: true))
        {
            throw new EnforcementException($"The rules cannot be loaded: {_refusal}");
        }

        _plan = plan;
        _known = desired;
        _picture = TakePicture();
    }

    /// <summary>Tells the kernel of sessions that have begun, changed or ended.</summary>
    /// <param name="changed">Their Acct-Session-Ids.</param>
    /// <param name="cut">Takes the addresses that are not let through any more.</param>
    /// <returns>False when the kernel holds something else than was thought: then <see cref="Rebuild"/> is due.</returns>
    public bool Apply(IReadOnlyCollection<string> changed, ICollection<ClientKey> cut)
    {
        List<(string Id, EnforcedSession? Old, EnforcedSession? New)> steps = [];
        foreach (var id in changed)
        {
            var old = _known.GetValueOrDefault(id);
            var desired = sources.Sessions.TryFind(id, out var session) ? sources.Desired(session, _plan!.Policy) : null;
            if (old is null ? desired is not null : desired is null || !old.IsAs(desired))
            {
                steps.Add((id, old, desired));
            }
        }

        if (steps.Count == 0)
        {
            return true;
        }

        _counters.Read([.. steps.Select(step => step.Old).OfType<EnforcedSession>()]);
        var batch = new ElementBatch();
        foreach (var (_, old, desired) in steps)
        {
            Step(batch, old, desired);
        }

        var answer = nft.Run(batch.ToText());
        _refusal = answer.Reason;
        if (!answer.IsDone)
        {
            return false;
        }

        foreach (var (id, old, desired) in steps)
        {
            Note(id, old, desired, cut);
        }

        if (batch.Chains.Length > 0)
        {
            _picture = TakePicture();
        }

        return true;
    }

    /// <summary>The sessions of which the kernel knows something else than it should; what a signal that got lost has left.</summary>
    public List<string> FindDrift()
    {
        var desired = Desired();
        List<string> drift = [.. _known.Keys.Where(id => !desired.ContainsKey(id))];
        drift.AddRange(desired.Where(pair => !_known.TryGetValue(pair.Key, out var known) || !known.IsAs(pair.Value)).Select(pair => pair.Key));
        return drift;
    }

    /// <summary>What the kernel had against the last change.</summary>
    public string Refusal => _refusal;

    /// <summary>Brings what has passed since the last time to some sessions.</summary>
    public void ReadCounters(IEnumerable<string> acctSessionIds) => _counters.Read([.. acctSessionIds.Select(id => _known.GetValueOrDefault(id)).OfType<EnforcedSession>()]);

    /// <summary>Brings what has passed since the last time to the sessions.</summary>
    public void ReadCounters() => _counters.ReadAll(_known.Values);

    private Dictionary<string, EnforcedSession> Desired()
    {
        var policy = sources.Policies.Current;
        var desired = new Dictionary<string, EnforcedSession>(sources.Sessions.Count, StringComparer.Ordinal);
        foreach (var enforced in sources.Sessions.Walk().AsParallel().Select(session => sources.Desired(session, policy)).OfType<EnforcedSession>())
        {
            desired[enforced.AcctSessionId] = enforced;
        }

        return desired;
    }

    private bool TryRebuild(RulesetPlan plan, Dictionary<string, EnforcedSession> desired, FoundTable found, bool afresh)
    {
        var counters = new CounterStart(_counters, sources.Sessions);
        NftAnswer answer;
        if (found.Exists || afresh || desired.Count <= Piece)
        {
            var batch = Write(desired.Values, counters, found, afresh);
            if (!afresh)
            {
                found.ClearRest(batch);
            }

            answer = nft.Run(batch.ToText(Head(plan, found, afresh)));
        }
        else
        {
            answer = Fill(Head(plan, found, afresh), desired.Values, counters, found);
        }

        _refusal = answer.Reason;
        if (answer.IsDone)
        {
            counters.Finish();
        }
        else
        {
            found.Restore();
        }

        return answer.IsDone;
    }

    private ElementBatch Write(IEnumerable<EnforcedSession> sessions, CounterStart counters, FoundTable found, bool afresh)
    {
        var batch = new ElementBatch();
        foreach (var session in sessions)
        {
            batch.Limit(session);
            counters.Begin(session, found);
            foreach (var lease in session.Leases)
            {
                batch.Map(session, lease);
                var isRight = found.Take(session, lease, Now);
                if (afresh || !isRight)
                {
                    found.Clear(batch, lease, afresh);
                    batch.Pass(session, lease, counters.Of(lease), Now);
                }
            }
        }

        return batch;
    }

    /// <summary>
    /// Into a kernel that has nothing of ours: first the rules, which let nobody through, then many sessions piece by piece, the next one being
    /// written while the kernel takes the one before. What fails half-way has opened nothing that should be shut.
    /// </summary>
    private NftAnswer Fill(string rules, IEnumerable<EnforcedSession> sessions, CounterStart counters, FoundTable found)
    {
        var answer = nft.Run(rules);

        // A thread of its own and no bound: it never waits, and is done when this returns.
        using var pieces = new BlockingCollection<Func<string>>();
        var writer = new Thread(() =>
        {
            foreach (var some in sessions.Chunk(Piece))
            {
                pieces.Add(WriteText(some, counters, found));
            }

            pieces.CompleteAdding();
        });
        writer.Start();
        try
        {
            foreach (var piece in pieces.GetConsumingEnumerable())
            {
                answer = answer.IsDone ? nft.Run(piece()) : answer;
            }
        }
        finally
        {
            writer.Join();
        }

        return answer;
    }

    /// <summary>The text, or why there is none, for whoever asks for it.</summary>
    private Func<string> WriteText(IReadOnlyCollection<EnforcedSession> sessions, CounterStart counters, FoundTable found)
    {
        try
        {
            var text = Write(sessions, counters, found, afresh: false).ToText();
            return () => text;
        }
        catch (Exception exception)
        {
            var failure = ExceptionDispatchInfo.Capture(exception);
            return () =>
            {
                failure.Throw();
                return "";
            };
        }
    }

    /// <summary>The rules, and what goes with them: maps are filled anew, and what nothing leads to any more is gone.</summary>
    private static string Head(RulesetPlan plan, FoundTable found, bool afresh)
    {
        var rules = RulesetText.Build(plan);
        if (afresh)
        {
            // Added first, for somebody may have deleted it meanwhile, and what is not there cannot be deleted.
            return "add table inet nacgateway\ndelete table inet nacgateway\n" + rules;
        }

        if (!found.Exists)
        {
            return rules;
        }

        var obsolete = found.Chains.Where(chain => chain.StartsWith("c_", StringComparison.Ordinal) || chain.StartsWith("r_", StringComparison.Ordinal))
            .Where(chain => !rules.Contains($"add chain inet nacgateway {chain}\n", StringComparison.Ordinal)).ToList();
        return string.Concat(
            [
                .. s_maps.Where(found.Maps.Contains).Select(map => $"flush map inet nacgateway {map}\n"),
                .. obsolete.Select(chain => $"flush chain inet nacgateway {chain}\n"),
                rules,
                .. obsolete.Select(chain => $"delete chain inet nacgateway {chain}\n"),
                .. found.Limits.Select(limit => $"delete limit inet nacgateway {limit}\n"),
            ]);
    }

    private void Step(ElementBatch batch, EnforcedSession? old, EnforcedSession? desired)
    {
        if (desired?.Roles is { } roles && !_plan!.RolesInUse.Contains(roles))
        {
            RoleText.Group(batch.Chains, roles, _plan.Policy);
            _plan = _plan with { RolesInUse = _plan.RolesInUse.Add(roles) };
        }

        if (old is not null && desired is not null && old.IsAs(desired with { Leases = old.Leases }))
        {
            // Only its addresses have changed: those that stay keep their counters.
            foreach (var gone in old.Leases.Except(desired.Leases))
            {
                batch.Close(old, gone);
            }

            foreach (var come in desired.Leases.Except(old.Leases))
            {
                batch.Pass(desired, come, default, Now);
                batch.Map(desired, come);
            }

            return;
        }

        if (old is not null)
        {
            batch.Close(old);
        }

        if (desired is not null)
        {
            batch.Open(desired, Octets(desired), Now);
        }
    }

    private (long Input, long Output) Octets(EnforcedSession session) =>
        sources.Sessions.TryFind(session.AcctSessionId, out var active) ? active.Traffic.Octets : default;

    private void Note(string id, EnforcedSession? old, EnforcedSession? desired, ICollection<ClientKey> cut)
    {
        var isSame = old is not null && desired is not null && old.IsAs(desired with { Leases = old.Leases });
        foreach (var gone in old is null ? [] : desired is null ? old.Leases : [.. old.Leases.Except(desired.Leases)])
        {
            _counters.Forget(gone.Address);
            cut.Add(gone.Address);
        }

        if (desired is null)
        {
            _known.Remove(id);
            return;
        }

        _known[id] = desired;
        var octets = isSame ? default : Octets(desired);
        foreach (var lease in isSame ? desired.Leases.Except(old!.Leases) : desired.Leases)
        {
            _counters.Begin(lease.Address, id, octets);
            octets = default;
        }
    }

    private string TakePicture() => KernelSets.RulesOf(nft.ListWithoutElements(NftOutput.Stateless).Output);
}
