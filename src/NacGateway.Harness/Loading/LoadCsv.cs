using System.Globalization;

namespace NacGateway.Harness.Loading;

/// <summary>Writes a line a second with comma and point whatever the machine's language, so that any program reads it.</summary>
internal sealed class LoadCsv : IDisposable
{
    private readonly TextWriter _writer;

    public LoadCsv(TextWriter writer)
    {
        _writer = writer;
        writer.Write("second,target,sent,answered,accepted,rejected,challenged,accounted,lost,retransmitted,unbelieved,p50_ms,p95_ms,p99_ms,max_ms\n");
    }

    public void Second(LoadSecond second) => _writer.Write(string.Create(
        CultureInfo.InvariantCulture,
        $"{second.Second},{second.Target},{second.Sent},{second.Answered},{second.Accepted},{second.Rejected},{second.Challenged},{second.Accounted},{second.Lost},{second.Retransmitted},{second.Unbelieved},{second.P50},{second.P95},{second.P99},{second.Max}\n"));

    public void Dispose() => _writer.Dispose();
}
