using System.Diagnostics;

namespace NacGateway.Core.Accounting;

/// <summary>The span of the records that one pass offers to the servers together: how many, until the last of them has its answer or none.</summary>
internal sealed class DeliveryTrace
{
    private static readonly ActivitySource s_source = new(AccountingMetrics.MeterName);

    private readonly Activity _activity;
    private readonly List<Task> _offers = [];

    private DeliveryTrace(Activity activity) => _activity = activity;

    /// <summary>Begins it, so that what is sent from here on is part of it; null while nobody listens.</summary>
    public static DeliveryTrace? Begin() =>
        s_source.HasListeners() && s_source.StartActivity("nacgateway.accounting.delivery") is { } activity ? new DeliveryTrace(activity) : null;

    public void Add(Task offer) => _offers.Add(offer);

    /// <summary>No more records: it ends with the last offer.</summary>
    public void End()
    {
        _activity.SetTag("nacgateway.accounting.records", _offers.Count);
        _ = Task.WhenAll(_offers).ContinueWith(static (_, ended) => ((Activity)ended!).Dispose(), _activity, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
