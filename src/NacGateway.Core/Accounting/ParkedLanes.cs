using System.Diagnostics.CodeAnalysis;

namespace NacGateway.Core.Accounting;

/// <summary>
/// Sessions whose rows are left in the database, so that what nobody takes does not fill the memory: of each only its place in time is
/// kept. Their rows are passed over when they are met, until they are called back. Not safe for concurrent use.
/// </summary>
internal sealed class ParkedLanes
{
    /// <summary>A session costs some 200 octets here.</summary>
    private const int Capacity = 65_536;

    private readonly Dictionary<string, Lane> _parked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Lane> _recalled = new(StringComparer.Ordinal);

    /// <summary>Whether there is no room for another.</summary>
    public bool IsFull => _parked.Count >= Capacity;

    public IEnumerable<Lane> Lanes => _parked.Values;

    public bool Contains(string acctSessionId) => _parked.ContainsKey(acctSessionId);

    public void Add(string acctSessionId, Lane lane) => _parked[acctSessionId] = lane;

    /// <summary>Calls back those that have been due for the longest time. The rows must be read from the beginning afterwards, or they would come out of order.</summary>
    public void Recall(long now, int most) => Move([.. _parked.Where(parked => parked.Value.DueAt <= now).OrderBy(parked => parked.Value.DueAt).Take(most)]);

    /// <summary>Calls back all that are not stuck, at once. The rows must be read from the beginning afterwards.</summary>
    /// <returns>Whether there were any.</returns>
    public bool RecallInnocent(long now)
    {
        KeyValuePair<string, Lane>[] innocent = [.. _parked.Where(parked => !parked.Value.IsStuck)];
        Array.ForEach(innocent, parked => parked.Value.Wake(now));
        Move(innocent);
        return innocent.Length > 0;
    }

    /// <summary>One that was called back, when the first of its rows is met.</summary>
    public bool TryTakeRecalled(string acctSessionId, [NotNullWhen(true)] out Lane? lane) => _recalled.Remove(acctSessionId, out lane);

    /// <summary>All rows were looked at: who was called back and not met has none any more.</summary>
    public void ForgetRecalled() => _recalled.Clear();

    private void Move(KeyValuePair<string, Lane>[] lanes)
    {
        foreach (var (acctSessionId, lane) in lanes)
        {
            _parked.Remove(acctSessionId);
            _recalled[acctSessionId] = lane;
        }
    }
}
