namespace NacGateway.Core.Insight;

/// <summary>Divides a time into so many pieces of whole minutes.</summary>
internal sealed class BucketScale
{
    /// <summary>Most pieces, and so most points of a plot.</summary>
    public const int Most = 2000;

    public BucketScale(DateTimeOffset from, DateTimeOffset to, int points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        From = new DateTimeOffset(from.UtcTicks - (from.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        To = to;
        var minutes = Math.Max(1, (long)Math.Ceiling((to - From).TotalMinutes));
        var each = (minutes + Math.Clamp(points, 1, Most) - 1) / Math.Clamp(points, 1, Most);
        Width = TimeSpan.FromMinutes(each);
        Count = (int)((minutes + each - 1) / each);
    }

    public DateTimeOffset From { get; }

    public DateTimeOffset To { get; }

    /// <summary>Of one piece.</summary>
    public TimeSpan Width { get; }

    public int Count { get; }

    public DateTimeOffset Begin(int piece) => From + (Width * piece);

    public int PieceOf(DateTimeOffset at) => (int)Math.Clamp((at - From).Ticks / Width.Ticks, 0, Count - 1);
}
