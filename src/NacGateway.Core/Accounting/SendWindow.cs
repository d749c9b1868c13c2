namespace NacGateway.Core.Accounting;

/// <summary>
/// How many records may be on their way at once: grows with each acknowledgement and halves when one is missing, so that neither a
/// slow server nor one that is back after hours is flooded. A dead one gets a trickle.
/// </summary>
internal sealed class SendWindow(TimeProvider time)
{
    public const int Most = 256;
    public const int Least = 4;
    private static readonly TimeSpan s_reaction = TimeSpan.FromSeconds(1);
    private long? _halvedAt;

    public int Size { get; private set; } = 64;

    /// <summary>The part of it that sessions may take which are stuck.</summary>
    public int Share => Size / 4;

    /// <summary>Whether much is missing: places are few.</summary>
    public bool IsNarrow => Size < 16;

    public void Acknowledged() => Size = Math.Min(Most, Size + 1);

    /// <summary>Records that were under way together are missing together: that counts once.</summary>
    public void Missed()
    {
        if (_halvedAt is { } last && time.GetElapsedTime(last) < s_reaction)
        {
            return;
        }

        _halvedAt = time.GetTimestamp();
        Size = Math.Max(Least, Size / 2);
    }
}
