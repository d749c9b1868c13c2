using System.Diagnostics;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Coa;

/// <summary>The span of one Disconnect- or CoA-Request: its code and the answer, never who was meant.</summary>
internal static class CoaTrace
{
    private static readonly ActivitySource s_source = new(CoaMetrics.MeterName);

    /// <summary>Begins it; null while nobody listens.</summary>
    public static Activity? Begin(RadiusCode code) =>
        s_source.HasListeners() ? s_source.StartActivity("nacgateway.coa.request", ActivityKind.Server)?.SetTag("nacgateway.coa.code", code.ToString()) : null;

    /// <summary>Says what was answered.</summary>
    public static void End(Activity? activity, CoaAnswer answer)
    {
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("nacgateway.coa.answer", answer.Code.ToString());
            activity.SetTag("nacgateway.coa.cause", answer.Cause.ToString());
        }
    }
}
