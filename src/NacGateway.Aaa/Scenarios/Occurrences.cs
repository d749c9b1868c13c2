namespace NacGateway.Aaa.Scenarios;

/// <summary>Counts by name. Bounded: when too many names have come, the new ones are counted together. Not safe for concurrent use.</summary>
internal sealed class Occurrences
{
    private const int Capacity = 65_536;
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private long _others;

    /// <summary>The how many-th this is, from 1 on.</summary>
    public long Next(string name)
    {
        if (_counts.TryGetValue(name, out var count) || _counts.Count < Capacity)
        {
            return _counts[name] = count + 1;
        }

        return ++_others;
    }
}
