namespace NacGateway.Core.Policy;

/// <summary>One decision about an Access-Accept.</summary>
internal sealed class AcceptEvaluation(AccessPolicy policy, AccessQuery query)
{
    private const string Server = "the server";

    private readonly DecisionWords _words = new();
    private AccessRule? _rule;

    public AccessDecision Decide()
    {
        // 1. The first rule that holds.
        List<(string Rule, string Reason)> misses = [];
        foreach (var rule in policy.Rules)
        {
            if (rule.Miss(query) is not { } reason)
            {
                _rule = rule;
                break;
            }

            misses.Add((rule.Name, reason));
        }

        _words.SayMisses(misses);
        _words.Say(_rule is not null ? $"Rule '{_rule.Name}' held." : policy.Rules.Count == 0 ? "There are no rules." : "No rule held.");
        if (_rule is { IsRefusal: true })
        {
            _words.Say("It refuses.");
            return Refused(problem: null);
        }

        // 2. The roles: those of the rule, and those that the server names.
        var problem = ReadRoles(out var roles);
        return problem is null ? Granted(roles) : Refused(problem);
    }

    private string? ReadRoles(out List<PolicyRole> roles)
    {
        roles = [];
        foreach (var name in _rule?.Roles ?? [])
        {
            _words.Say($"It gives role {name}.");
            Add(roles, name);
        }

        foreach (var name in query.Authorization?.Roles ?? [])
        {
            if (Add(roles, name))
            {
                _words.Say($"The server names role {name}.");
            }
            else if (policy.IsEmpty || policy.IgnoresUnknownRoles)
            {
                _words.Say($"The server names role '{name}', which is not in the rules and was passed over.");
            }
            else
            {
                return $"it names role '{name}' (Filter-Id or a vendor's attribute), which is not in the rules; add the role to them, or set unknownRoles to \"ignore\" there";
            }
        }

        return roles.Count > AccessPolicy.MostRoles ? $"it comes to {roles.Count} roles together, and {AccessPolicy.MostRoles} are the most" : null;
    }

    private bool Add(List<PolicyRole> roles, string name)
    {
        if (!policy.TryFindRole(name, out var role))
        {
            return false;
        }

        if (!roles.Contains(role))
        {
            roles.Add(role);
        }

        return true;
    }

    private AccessDecision Granted(List<PolicyRole> roles)
    {
        var combined = new LimitCombination();
        combined.AddInterim(query.Local, "the settings");
        combined.Add(query.Authorization?.Sent ?? new SessionLimits(), Server);
        roles.ForEach(combined.Add);
        combined.Add(query.Local, "the settings");
        combined.Add(query.LocalDevices, "the settings");
        var role = roles.Count == 0 ? null : policy.NameOf(roles.Select(given => given.Name));
        var limits = combined.ToLimits(role, query.Authorization?.Sent.InterimInterval);
        _words.Say("Access was granted.");
        SayApplied(_words, roles, combined);
        return new AccessDecision
        {
            IsGranted = true,
            PolicyVersion = policy.Version,
            Rule = _rule?.Name,
            Limits = limits,
            Devices = combined.Devices,
            Words = _words.ToString(),
        };
    }

    /// <summary>What was applied, and from where.</summary>
    public static void SayApplied(DecisionWords words, IReadOnlyList<PolicyRole> roles, LimitCombination combined)
    {
        string[] applied = [.. combined.Words()];
        words.Say(applied.Length == 0 ? "No limit applies." : $"Applied: {string.Join("; ", applied)}.");
        foreach (var role in roles.Where(role => role.Destinations is not null))
        {
            words.Say($"Only the destinations of role {role.Name} may be reached.");
        }
    }

    private AccessDecision Refused(string? problem)
    {
        _words.Say(problem is null ? "Access was refused." : UnusableWords.Say(problem));
        return new AccessDecision
        {
            IsGranted = false,
            PolicyVersion = policy.Version,
            Rule = _rule?.Name,
            Message = _rule?.Message,
            Problem = problem,
            Words = _words.ToString(),
        };
    }
}
