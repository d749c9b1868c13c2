using System.Diagnostics.Metrics;

namespace NacGateway.Web.Observability.Syslog;

/// <summary>How the forwarding to a syslog server fares; without one configured there are no values.</summary>
internal sealed class SyslogMetrics
{
    public const string MeterName = "NacGateway.Syslog";

    public SyslogMetrics(IMeterFactory meters, SyslogQueue queue, SyslogSender sender)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("nacgateway.syslog.up", () => Up(sender), "{server}", "1 while the syslog server took the last message, 0 since it did not.");
        meter.CreateObservableCounter("nacgateway.syslog.sent", () => sender.Sent, "{message}", "Messages handed to the network.");
        meter.CreateObservableGauge("nacgateway.syslog.waiting", () => queue.Waiting, "{message}", "Messages that wait to be sent.");
        meter.CreateObservableCounter("nacgateway.syslog.lost", () => Lost(queue), "{message}", "Messages for which there was no room, by kind.");
    }

    private static IEnumerable<Measurement<int>> Up(SyslogSender sender) => sender.IsUp is { } up ? [new Measurement<int>(up ? 1 : 0)] : [];

    private static IEnumerable<Measurement<long>> Lost(SyslogQueue queue) =>
    [
        new(queue.LostLines, new KeyValuePair<string, object?>("kind", "audit")),
        new(queue.LostNotices, new KeyValuePair<string, object?>("kind", "session")),
    ];
}
