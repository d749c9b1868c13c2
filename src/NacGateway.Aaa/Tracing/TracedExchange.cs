using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Tracing;

/// <summary>A request of a trace, and what left for it.</summary>
internal sealed class TracedExchange(byte[] request)
{
    public byte[] Request => request;

    public List<Departure> Departures { get; } = [];

    public TimeSpan? Crash { get; set; }
}
