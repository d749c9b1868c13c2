using System.Diagnostics.Metrics;

namespace NacGateway.Core.Storage;

/// <summary>Whether the database takes what is written, and how much is.</summary>
public sealed class StorageMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "NacGateway.Storage";

    /// <summary>Instruments over the writer.</summary>
    public StorageMetrics(IMeterFactory meters, GatewayWriter writer)
    {
        ArgumentNullException.ThrowIfNull(meters);
        ArgumentNullException.ThrowIfNull(writer);
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("nacgateway.storage.up", () => writer.IsAway ? 0 : 1, "{database}", "1 while the database took the last transaction, 0 since it did not.");
        meter.CreateObservableCounter("nacgateway.storage.commits", () => writer.Commits, "{transaction}", "Transactions committed; each holds the changes that waited together.");
        meter.CreateObservableCounter("nacgateway.storage.failures", () => writer.Failures, "{transaction}", "Transactions that the database did not take, or whose end it could not tell.");
    }
}
