using System.Diagnostics;
using System.Diagnostics.Metrics;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Transport;

namespace NacGateway.Radius.Client;

/// <summary>
/// What others may measure of exchanges: a span of each, and how long the answers of each server took. Names of servers, codes and counts
/// only: nothing of a user or of an attribute. While nobody listens, neither costs more than a look.
/// </summary>
internal static class ExchangeTrace
{
    private static readonly ActivitySource s_source = new(DropCounter.MeterName);
    private static readonly Meter s_meter = new(DropCounter.MeterName);

    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram(
        "nacgateway.radius.exchange.duration", "s", "From first transmission to a reply that was believed, by server and code of the request.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });

    /// <summary>Whether anybody wants spans.</summary>
    public static bool IsHeard => s_source.HasListeners();

    /// <summary>Counts an answer.</summary>
    public static void Answered(string server, RadiusCode code, TimeSpan elapsed) =>
        s_duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("server", server), new KeyValuePair<string, object?>("code", Name(code)));

    /// <summary>Runs an exchange inside a span of its own.</summary>
    public static async Task<ExchangeResult> RunAsync(RadiusCode code, GroupExchange exchange, CancellationToken cancellationToken)
    {
        using Activity? activity = s_source.StartActivity("nacgateway.radius.exchange", ActivityKind.Client);
        activity?.SetTag("nacgateway.radius.code", Name(code));
        ExchangeResult result = await exchange.RunAsync(cancellationToken).ConfigureAwait(false);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("nacgateway.radius.server", result.Server?.Name);
            activity.SetTag("nacgateway.radius.outcome", result.Status.ToString());
            activity.SetTag("nacgateway.radius.reply", result.Reply is { } reply ? Name(reply.Code) : null);
            activity.SetTag("nacgateway.radius.sends", result.Sends);
            activity.SetStatus(result.Status == ExchangeStatus.Answered ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        }

        return result;
    }

    /// <summary>A constant text of the codes that are common, for there are many of them.</summary>
    private static string Name(RadiusCode code) => code switch
    {
        RadiusCode.AccessRequest => nameof(RadiusCode.AccessRequest),
        RadiusCode.AccountingRequest => nameof(RadiusCode.AccountingRequest),
        _ => code.ToString(),
    };
}
