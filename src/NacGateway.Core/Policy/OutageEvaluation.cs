using System.Globalization;

namespace NacGateway.Core.Policy;

/// <summary>
/// One decision when no server answered. The first rule that holds counts as it does with an answer, if it refuses; one that gives roles
/// only keeps those behind it from refusing, for a role is what a server's word was needed for. Rules that cannot be judged without an
/// answer are passed over: who would have been spared a refusal by one of them is refused.
/// </summary>
internal sealed class OutageEvaluation(AccessPolicy policy, AccessQuery query)
{
    private readonly DecisionWords _words = new();

    public AccessDecision Decide(LastAccept? last, bool isOutage)
    {
        _words.Say("No RADIUS server answered.");
        if (policy.Rules.FirstOrDefault(rule => !rule.NeedsReply && rule.Miss(query) is null) is { IsRefusal: true } refusal)
        {
            return Refused($"Rule '{refusal.Name}' held, and it refuses.", refusal);
        }

        if (!policy.HasOutageRule)
        {
            return Refused("The rules grant nothing then.");
        }

        if (!isOutage)
        {
            return Refused("Not every server was taken for dead when this began: one may be slow, and its answer a refusal.");
        }

        if (last is null)
        {
            return Refused("No server has accepted this user at this device before, so nothing is granted.");
        }

        if (last.IsWithdrawn)
        {
            return Refused("Access was withdrawn since this user was last accepted at this device: a session was ended by a server or an administrator.");
        }

        var names = last.Role?.Split(AccessPolicy.Separator) ?? [];
        var before = policy.RolesOf(last.Role).ToList();
        OutageRule?[] outages = names.Length == 0 ? [policy.Outage] : [.. before.Select(role => role.Outage)];
        var given = names.Length == 0 ? "without a role" : $"under role {last.Role}";
        if (before.Count < names.Length || outages.Any(outage => outage is null))
        {
            return Refused($"The user was last accepted {given}, for which the rules grant nothing then.");
        }

        var oldest = query.At - outages.Min(outage => outage!.AcceptedWithin);
        var when = last.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
        return last.At < oldest
            ? Refused($"The user was last accepted {given} at {when}, which is too long ago.")
            : Granted($"The user was accepted at this device {given} at {when}. The password was not checked.", before, outages!);
    }

    private AccessDecision Granted(string reason, IReadOnlyList<PolicyRole> before, IReadOnlyList<OutageRule> outages)
    {
        List<PolicyRole> roles = [.. outages.SelectMany((outage, place) => outage.Role is null ? before.Skip(place).Take(1) : policy.RolesOf(outage.Role)).Distinct()];
        var combined = new LimitCombination();
        combined.Add(new SessionLimits { SessionTimeout = outages.Min(outage => outage.For) }, "no server answered");
        combined.AddInterim(query.Local, "the settings");
        roles.ForEach(combined.Add);
        combined.Add(query.Local, "the settings");
        combined.Add(query.LocalDevices, "the settings");
        var limits = combined.ToLimits(policy.NameOf(roles.Select(role => role.Name)), sentInterim: null);
        _words.Say(reason);
        _words.Say("Access was granted for a while.");
        AcceptEvaluation.SayApplied(_words, roles, combined);
        return new AccessDecision { IsGranted = true, PolicyVersion = policy.Version, Limits = limits, Devices = combined.Devices, Words = _words.ToString() };
    }

    private AccessDecision Refused(string reason, AccessRule? rule = null)
    {
        _words.Say(reason);
        _words.Say("Access was refused.");
        return new AccessDecision { IsGranted = false, PolicyVersion = policy.Version, Rule = rule?.Name, Message = rule?.Message, Words = _words.ToString() };
    }
}
