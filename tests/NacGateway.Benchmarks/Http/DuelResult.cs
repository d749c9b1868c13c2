using System.Globalization;

namespace NacGateway.Benchmarks.Http;

/// <summary>Medians of a duel.</summary>
/// <param name="OursPerSecond">Our answers a second.</param>
/// <param name="PeerPerSecond">The peer's answers a second.</param>
/// <param name="Throughput">Ours by the peer's: 1 is equal, more is better.</param>
/// <param name="Processor">The peer's processor time for an answer by ours: 1 is equal, more is better. Unlike the throughput it
/// cannot hide behind a load generator that is itself the bottleneck.</param>
internal sealed record DuelResult(double OursPerSecond, double PeerPerSecond, double Throughput, double Processor)
{
    /// <summary>Enters both ratios into the table.</summary>
    public void AddTo(ResultTable table, string what, string peer, double least)
    {
        var ours = string.Create(CultureInfo.InvariantCulture, $"{OursPerSecond:#,0}/s");
        var theirs = string.Create(CultureInfo.InvariantCulture, $"{peer}: {PeerPerSecond:#,0}/s");
        table.AtLeast(what, ours, theirs, Throughput, least);
        table.AtLeast(what + ", answers per processor second", string.Empty, peer, Processor, least);
    }
}
