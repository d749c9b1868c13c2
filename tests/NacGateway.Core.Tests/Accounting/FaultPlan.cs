namespace NacGateway.Core.Tests.Accounting;

/// <summary>The fate of each transmission, by a seed and by what is sent: the same whatever the order in which threads come to send.</summary>
internal sealed class FaultPlan(int seed)
{
    /// <summary>Transmissions of one record that may be unlucky; a network that loses everything proves nothing.</summary>
    private const int MostUnlucky = 3;

    /// <param name="entry">What is sent.</param>
    /// <param name="transmission">How often it has been sent before.</param>
    public Fate Of(BookEntry entry, int transmission)
    {
        if (transmission >= MostUnlucky)
        {
            return Fate.Arrives;
        }

        var chance = Mixed(entry, transmission) % 100;
        return chance switch
        {
            < 15 => Fate.RequestLost,
            < 30 => Fate.ReplyLost,
            < 40 => Fate.ReplyDoubled,
            < 45 => Fate.ReplyLate,
            _ => Fate.Arrives,
        };
    }

    /// <summary>FNV-1a: of the same text the same number in every process.</summary>
    private uint Mixed(BookEntry entry, int transmission)
    {
        var hash = 2166136261u;
        foreach (var character in $"{seed}/{transmission}/{entry.Status}/{entry.EventAt.ToUnixTimeSeconds()}/{entry.AcctSessionId}")
        {
            hash = unchecked((hash ^ character) * 16777619u);
        }

        return hash ^ (hash >> 15);
    }
}
