using System.Diagnostics.Metrics;

namespace NacGateway.Core.Sessions;

/// <summary>Open sessions now, and how many have been opened and have ended, by cause.</summary>
public sealed class SessionMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "NacGateway.Sessions";

    private readonly Counter<long> _opened;
    private readonly Counter<long> _ended;

    /// <summary>Instruments over the table.</summary>
    public SessionMetrics(IMeterFactory meters, SessionTable table)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _opened = meter.CreateCounter<long>("nacgateway.sessions.opened", "{session}", "Sessions opened.");
        _ended = meter.CreateCounter<long>("nacgateway.sessions.ended", "{session}", "Sessions ended, by Acct-Terminate-Cause.");
        meter.CreateObservableGauge("nacgateway.sessions.open", () => table.Count, "{session}", "Sessions open now.");
    }

    internal void Opened() => _opened.Add(1);

    internal void Ended(AcctTerminateCause cause) => _ended.Add(1, new KeyValuePair<string, object?>("cause", cause.ToString()));
}
