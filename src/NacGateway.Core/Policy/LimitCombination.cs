namespace NacGateway.Core.Policy;

/// <summary>Brings limits from several sources together: the strictest of each kind counts, and it is known where it came from.</summary>
internal sealed class LimitCombination
{
    private readonly LimitSet _limits = new();
    private readonly string?[] _sources = new string?[LimitSet.Kinds.Count];
    private (DeviceRule Rule, string Source)? _devices;
    private (long Value, string Source)? _interim;

    /// <summary>The devices at once; null when no source says anything.</summary>
    public DeviceRule? Devices => _devices?.Rule;

    /// <summary>Adds limits. Of equal ones the first source is named.</summary>
    public void Add(SessionLimits limits, string source)
    {
        var set = new LimitSet(limits);
        foreach (var kind in LimitSet.Kinds.Where(kind => kind != LimitKind.InterimInterval))
        {
            if (set[kind] is { } value && !(value >= _limits[kind]))
            {
                _limits[kind] = value;
                _sources[(int)kind] = source;
            }
        }
    }

    /// <summary>Adds the interval of reports that is configured here: the last one given counts, see <see cref="LimitSet.Interim"/>.</summary>
    public void AddInterim(SessionLimits limits, string source)
    {
        if (new LimitSet(limits)[LimitKind.InterimInterval] is { } value)
        {
            _interim = (value, source);
        }
    }

    /// <summary>Adds a role: its limits and its devices.</summary>
    public void Add(PolicyRole role)
    {
        var source = $"role {role.Name}";
        Add(role.Limits, source);
        AddInterim(role.Limits, source);
        Add(role.Devices, source);
    }

    /// <summary>Adds the devices at once; null says nothing. Of equal ones the first source is named.</summary>
    public void Add(DeviceRule? devices, string source)
    {
        if (devices is { } rule && (_devices is not { } old || rule.IsStricterThan(old.Rule)))
        {
            _devices = (rule, source);
        }
    }

    /// <summary>All limits, under the roles of this name.</summary>
    /// <param name="role">The name; null for none.</param>
    /// <param name="sentInterim">What the server sent.</param>
    public SessionLimits ToLimits(string? role, TimeSpan? sentInterim)
    {
        var sent = new LimitSet(new SessionLimits { InterimInterval = sentInterim })[LimitKind.InterimInterval];
        _limits[LimitKind.InterimInterval] = LimitSet.Interim(_interim?.Value, sent);
        _sources[(int)LimitKind.InterimInterval] = _interim is not { } ours || sent > ours.Value ? "the server" : ours.Source;
        return _limits.ToLimits(role);
    }

    /// <summary>Each limit with its source, and the devices, as part of a sentence; empty when there is none.</summary>
    public IEnumerable<string> Words()
    {
        foreach (var kind in LimitSet.Kinds)
        {
            if (_limits[kind] is { } value)
            {
                yield return LimitWords.Of(kind, value, _sources[(int)kind]!);
            }
        }

        if (_devices is { } devices)
        {
            yield return $"{LimitWords.Of(devices.Rule)} ({devices.Source})";
        }
    }
}
