namespace NacGateway.Radius.Server;

/// <summary>A datagram, or octets of a connection, on the way to a client.</summary>
/// <param name="Octets">What is sent, untouched.</param>
public sealed record Departure(ReadOnlyMemory<byte> Octets)
{
    /// <summary>How long it waits first.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether it leaves by another port than the one the request came to. Without effect on a connection.</summary>
    public bool FromOtherPort { get; init; }

    /// <summary>Whether it lets the next one go first, for at most a second.</summary>
    public bool AfterNext { get; init; }

    /// <summary>Whether the connection is cut behind it. Without effect over UDP.</summary>
    public bool CutsConnection { get; init; }
}
