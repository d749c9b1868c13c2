using System.Diagnostics.Metrics;

namespace NacGateway.Core.Accounting;

/// <summary>What waits to be acknowledged, and what became of it.</summary>
public sealed class AccountingMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "NacGateway.Accounting";

    private readonly Counter<long> _sent;
    private readonly Counter<long> _acknowledged;
    private readonly Counter<long> _retried;
    private readonly Counter<long> _setAside;

    internal AccountingMetrics(IMeterFactory meters, AccountingProgress progress, TimeProvider time)
    {
        var meter = meters.Create(MeterName);
        _sent = meter.CreateCounter<long>("nacgateway.accounting.sent", "{record}", "Records offered to the servers for the first time.");
        _acknowledged = meter.CreateCounter<long>("nacgateway.accounting.acknowledged", "{record}", "Records that a server has acknowledged.");
        _retried = meter.CreateCounter<long>("nacgateway.accounting.retried", "{offer}", "Offers of a record after its first.");
        _setAside = meter.CreateCounter<long>("nacgateway.accounting.set_aside", "{record}", "Records taken out of the queue because they are damaged.");
        meter.CreateObservableGauge("nacgateway.accounting.waiting", () => progress.Backlog.Waiting, "{record}", "Records that wait to be acknowledged, counted every few seconds.");
        meter.CreateObservableGauge("nacgateway.accounting.oldest_age", () => progress.Backlog.OldestAt is { } oldest ? Math.Max(0, (time.GetUtcNow() - oldest).TotalSeconds) : 0, "s", "Since when the oldest of them has waited.");
    }

    internal void Offered(bool again) => (again ? _retried : _sent).Add(1);

    internal void Acknowledged() => _acknowledged.Add(1);

    internal void SetAside(int records) => _setAside.Add(records);
}
