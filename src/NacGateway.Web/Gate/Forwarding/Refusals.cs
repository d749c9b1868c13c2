using System.Diagnostics.Metrics;
using System.Net;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>Answers what the gate does not forward, counts it, and logs it.</summary>
internal sealed partial class Refusals
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "NacGateway.Gate";

    private readonly GateReplies _replies;
    private readonly ClientAddress _clients;
    private readonly LineLimit _lines;
    private readonly ILogger<Refusals> _log;
    private readonly Counter<long> _refused;

    public Refusals(GateReplies replies, ClientAddress clients, TimeProvider time, IMeterFactory meters, ILogger<Refusals> log)
    {
        _replies = replies;
        _clients = clients;
        _lines = new LineLimit(time);
        _log = log;
        _refused = meters.Create(MeterName).CreateCounter<long>("nacgateway.gate.refused", "{request}", "Requests that were not forwarded, by reason.");
    }

    /// <param name="context">The request.</param>
    /// <param name="reason">Why it goes no further.</param>
    /// <param name="destination">Host and port that it names; null when it names none. Of a host only what <see cref="Destination"/> lets through.</param>
    public Task AnswerAsync(HttpContext context, RefusalReason reason, Destination? destination)
    {
        _refused.Add(1, new KeyValuePair<string, object?>("reason", Name(reason)));
        if (_lines.TryTake(out var unlogged))
        {
            Log.Refused(_log, _clients.Resolve(context), destination?.Reached ?? "-", destination?.Port ?? 0, reason, unlogged);
        }

        return _replies.WriteAsync(context, reason is RefusalReason.Target or RefusalReason.Framing ? AnswerKind.NoDestination : AnswerKind.Refused);
    }

    private static string Name(RefusalReason reason) => reason switch
    {
        RefusalReason.Address => "address",
        RefusalReason.Role => "role",
        RefusalReason.Port => "port",
        RefusalReason.Loop => "loop",
        RefusalReason.Target => "target",
        _ => "framing",
    };

    private static partial class Log
    {
        [LoggerMessage(6000, LogLevel.Warning, "Not forwarded for {Client}: {Host} port {Port}, for its {Reason}; {Unlogged} more since the last such line")]
        public static partial void Refused(ILogger logger, IPAddress client, string host, int port, RefusalReason reason, long unlogged);
    }
}
