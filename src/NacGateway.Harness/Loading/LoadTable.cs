using System.Globalization;
using System.Text.Json;
using NacGateway.Harness.Output;

namespace NacGateway.Harness.Loading;

/// <summary>Prints a row a second: a table for people, or an object a line for programs.</summary>
internal sealed class LoadTable(TextWriter writer, bool json)
{
    private const int RowsBetweenHeadlines = 30;
    private int _rows;

    public void Second(LoadSecond second)
    {
        if (json)
        {
            writer.WriteLine(JsonSerializer.Serialize(second, HarnessJson.Default.LoadSecond));
            return;
        }

        if (_rows++ % RowsBetweenHeadlines == 0)
        {
            writer.WriteLine("second target/s    sent answered  accept  reject   chall    acct    lost   again |  p50 ms  p95 ms  p99 ms  max ms");
        }

        var target = second.Target is { } rate ? rate.ToString("0", CultureInfo.InvariantCulture) : "-";
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{second.Second,6} {target,8} {second.Sent,7} {second.Answered,8} {second.Accepted,7} {second.Rejected,7} {second.Challenged,7} {second.Accounted,7} {second.Lost,7} {second.Retransmitted,7} | {Text(second.P50),7} {Text(second.P95),7} {Text(second.P99),7} {Text(second.Max),7}"));
    }

    public void Summary(LoadSummary summary)
    {
        if (json)
        {
            writer.WriteLine(JsonSerializer.Serialize(summary, HarnessJson.Default.LoadSummary));
        }
        else
        {
            summary.Write(writer);
        }
    }

    private static string Text(double? milliseconds) => milliseconds is { } some ? some.ToString(some < 100 ? "0.00" : "0", CultureInfo.InvariantCulture) : "-";
}
