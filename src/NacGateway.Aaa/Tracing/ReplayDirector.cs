using NacGateway.Aaa.Scenarios;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Tracing;

/// <summary>Answers the n-th request of a port with what left for the n-th of the trace; when the trace is over there is silence. Safe for concurrent use.</summary>
internal sealed class ReplayDirector(Trace trace, bool isVerbatim, Action<FaultEvent>? told)
{
    private readonly Lock _lock = new();
    private readonly long[] _numbers = new long[Enum.GetValues<ScenarioPort>().Length];
    private bool _isDown;

    /// <summary>Told for how long the server is to be gone.</summary>
    public Action<TimeSpan>? Crashing { get; set; }

    public IServerWire At(ScenarioPort port) => new ReplayWire(this, port);

    public void Restarted()
    {
        lock (_lock)
        {
            _isDown = false;
        }
    }

    private ReplayRoute? Take(ScenarioPort port, RadiusPacket request, ReadOnlySpan<byte> octets, NasEntry nas)
    {
        TracedExchange? exchange;
        long number;
        lock (_lock)
        {
            if (_isDown)
            {
                return null;
            }

            number = ++_numbers[(int)port];
            exchange = trace.Find(port, number);
            _isDown = exchange?.Crash is not null;
        }

        told?.Invoke(new FaultEvent(port, number, request.UserName ?? string.Empty, "replay", [Said(exchange)]));
        if (exchange?.Crash is { } away)
        {
            Crashing?.Invoke(away);
        }

        return exchange is null ? null : new ReplayRoute(exchange, octets.ToArray(), nas, isVerbatim);
    }

    private static string Said(TracedExchange? exchange) => exchange switch
    {
        null => "the trace is over",
        { Crash: not null } => "crash",
        { Departures.Count: 0 } => "silence",
        _ => "as recorded",
    };

    private sealed class ReplayWire(ReplayDirector director, ScenarioPort port) : IServerWire
    {
        public IReplyRoute? Take(RadiusPacket request, ReadOnlySpan<byte> octets, NasEntry nas) => director.Take(port, request, octets, nas);

        public void Refuse(ReadOnlySpan<byte> octets, NasEntry nas, RadiusDropReason reason)
        {
            // What was refused when the trace was made had no answer either.
        }
    }

    private sealed class ReplayRoute(TracedExchange exchange, byte[] request, NasEntry nas, bool isVerbatim) : IReplyRoute
    {
        public IReadOnlyList<Departure> Plan(ReadOnlyMemory<byte> reply) =>
        [
            .. exchange.Departures.Select(departure => isVerbatim ? departure : departure with { Octets = Rebase.To(departure.Octets.Span, exchange.Request, request, nas.Secret) }),
        ];
    }
}
