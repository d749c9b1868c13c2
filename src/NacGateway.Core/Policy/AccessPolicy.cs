using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using NacGateway.Core.Policy.Conditions;

namespace NacGateway.Core.Policy;

/// <summary>One version of all rules and roles. Immutable; a pure function of values.</summary>
public sealed class AccessPolicy
{
    /// <summary>Between the names of roles that hold together; not part of a name.</summary>
    public const char Separator = '+';

    /// <summary>No rule and no role.</summary>
    public static readonly AccessPolicy None = new(version: 0, roles: []);

    /// <summary>Most roles that hold together; their names and what stands between them fit into the session's row.</summary>
    internal const int MostRoles = 4;

    /// <summary>Longest name of a role, in characters.</summary>
    internal const int LongestRoleName = 31;

    private readonly FrozenDictionary<string, PolicyRole> _roles;

    internal AccessPolicy(int version, IReadOnlyList<PolicyRole> roles, IReadOnlyList<AccessRule>? rules = null)
    {
        Version = version;
        Rules = rules ?? [];
        Roles = roles;
        _roles = roles.ToFrozenDictionary(role => role.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Its number; 0 when there are no rules.</summary>
    public int Version { get; }

    /// <summary>Whether it has neither rule nor role.</summary>
    public bool IsEmpty => _roles.Count == 0 && Rules.Count == 0;

    /// <summary>Whether anybody gets anything when no RADIUS server answers.</summary>
    public bool HasOutageRule => Outage is not null || _roles.Values.Any(role => role.Outage is not null);

    /// <summary>Names of the rules that ask for a device's MAC address: where that is not learnt (<see cref="DeviceKnowledge"/>) they never hold.</summary>
    public IReadOnlyList<string> RulesOfDevices => [.. Rules.Where(rule => rule.Conditions.Any(condition => condition is DeviceCondition)).Select(rule => rule.Name)];

    /// <summary>Names of the roles in the order in which they are written.</summary>
    public IEnumerable<string> RoleNames => Roles.Select(role => role.Name);

    /// <summary>The rules in their order.</summary>
    internal IReadOnlyList<AccessRule> Rules { get; }

    /// <summary>The roles in the order in which they are written.</summary>
    internal IReadOnlyList<PolicyRole> Roles { get; }

    /// <summary>Whether a role that the server names and that is not here is passed over. By default the Accept then counts as a Reject.</summary>
    internal bool IgnoresUnknownRoles { get; init; }

    /// <summary>What those who had no role get when no RADIUS server answers; null is nothing.</summary>
    internal OutageRule? Outage { get; init; }

    /// <summary>Decides about an Access-Accept: the first rule that holds, the roles that the server names, the strictest of all limits.</summary>
    public AccessDecision Decide(AccessQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new AcceptEvaluation(this, query).Decide();
    }

    /// <summary>
    /// How each rule fares with a query, in their order: what <see cref="Decide"/> goes through, rule by rule. Those behind the one that
    /// holds are not asked.
    /// </summary>
    public IReadOnlyList<RuleStep> Trace(AccessQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        List<RuleStep> steps = [];
        var isDecided = false;
        foreach (var rule in Rules)
        {
            var miss = isDecided ? null : rule.Miss(query);
            steps.Add(new RuleStep(rule.Name, isDecided ? RuleFate.NotAsked : miss is null ? RuleFate.Held : RuleFate.Missed, miss));
            isDecided |= miss is null;
        }

        return steps;
    }

    /// <summary>Decides when no server answered.</summary>
    /// <param name="query">Who asks, from where and when.</param>
    /// <param name="last">What the user was last granted at this device; null when he never was.</param>
    /// <param name="isOutage">Whether all servers were taken for dead; otherwise nothing is granted, for one may just be slow.</param>
    public AccessDecision DecideUnanswered(AccessQuery query, LastAccept? last, bool isOutage = true)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new OutageEvaluation(this, query).Decide(last, isOutage);
    }

    /// <summary>Finds a role by its name, without regard to case.</summary>
    public bool TryFindRole(string name, [NotNullWhen(true)] out PolicyRole? role) => _roles.TryGetValue(name, out role);

    /// <summary>The roles that a session is under; one that this version no longer has is left out.</summary>
    public IEnumerable<PolicyRole> RolesOf(string? names) =>
        (names?.Split(Separator) ?? []).Select(name => _roles.GetValueOrDefault(name)).OfType<PolicyRole>();

    /// <summary>Whether these roles leave anything shut at all: one has destinations, or is one that this version no longer has.</summary>
    public bool Bounds(string? names)
    {
        var roles = _roles.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var part in names.AsSpan().Split(Separator))
        {
            var name = names.AsSpan()[part];
            if (!name.IsEmpty && (!roles.TryGetValue(name, out var role) || role.Destinations is not null))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a session under these roles may reach a destination: each of them must let it. A role that this version no longer has
    /// reaches nothing, or its removal would free those whom it held. Does not allocate; see <see cref="DestinationList.Allows"/>.
    /// </summary>
    /// <param name="names">The session's <see cref="SessionLimits.Role"/>.</param>
    /// <param name="host">See there.</param>
    /// <param name="address">See there; null while the name is not resolved.</param>
    /// <param name="port">The port.</param>
    public bool Allows(string? names, ReadOnlySpan<char> host, IPAddress? address, int port)
    {
        var roles = _roles.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var part in names.AsSpan().Split(Separator))
        {
            var name = names.AsSpan()[part];
            if (!name.IsEmpty && (!roles.TryGetValue(name, out var role) || role.Destinations?.Allows(host, address, port) == false))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One name for several known roles that hold together, each written as it is in the rules.</summary>
    internal string NameOf(IEnumerable<string> names) =>
        string.Join(Separator, names.Select(name => _roles[name].Name).Distinct(StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether several roles can hold together: there are not more of them than a session can carry.</summary>
    internal static bool CanHoldTogether(IEnumerable<string> names) => names.Distinct(StringComparer.OrdinalIgnoreCase).Count() <= MostRoles;

    /// <summary>All limits of the roles that a session is under, the strictest of each kind; the last interval of reports counts.</summary>
    internal LimitSet LimitsOf(string? names)
    {
        var all = new LimitSet();
        foreach (var limits in RolesOf(names).Select(role => new LimitSet(role.Limits)))
        {
            var interim = limits[LimitKind.InterimInterval] ?? all[LimitKind.InterimInterval];
            all = LimitSet.Stricter(all, limits);
            all[LimitKind.InterimInterval] = interim;
        }

        return all;
    }
}
