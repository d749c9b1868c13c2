namespace NacGateway.Aaa.Tracing;

/// <summary>What a line of a trace tells of a request, in the order of the lines.</summary>
internal enum TracePart
{
    Arrival,
    Departure,

    /// <summary>A datagram that was no request, and came after this one.</summary>
    Refusal,
}
