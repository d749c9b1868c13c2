using System.Diagnostics.Metrics;
using System.Net;
using Yarp.ReverseProxy.Forwarder;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>Counts and logs destinations that did not answer; stands in for YARP's own lines, which are a stack trace for each request.</summary>
internal sealed partial class Failures(ClientAddress clients, TimeProvider time, IMeterFactory meters, ILogger<Failures> log)
{
    private readonly LineLimit _lines = new(time);
    private readonly Counter<long> _failed = meters.Create(Refusals.MeterName).CreateCounter<long>("nacgateway.gate.failed", "{request}", "Requests that a destination did not answer, by YARP's name of the error.");

    public void Note(HttpContext context, IForwarderErrorFeature failure)
    {
        _failed.Add(1, new KeyValuePair<string, object?>("error", failure.Error.ToString()));
        if (_lines.TryTake(out var unlogged))
        {
            var host = Destination.TryRead(context, out var destination) ? destination.Reached : "-";
            Log.Failed(log, clients.Resolve(context), host, failure.Error, failure.Exception?.GetBaseException().Message, unlogged);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6001, LogLevel.Warning, "No answer for {Client} from {Host}: {Error}: {Reason} {Unlogged} more since the last such line")]
        public static partial void Failed(ILogger logger, IPAddress client, string host, ForwarderError error, string? reason, long unlogged);
    }
}
