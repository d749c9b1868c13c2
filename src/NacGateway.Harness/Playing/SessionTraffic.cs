namespace NacGateway.Harness.Playing;

/// <summary>Counters of a session that sends and receives steadily, so that they are the same at the same second whenever it is played. Immutable.</summary>
/// <param name="Upload">Octets a second that the user sends: Input (RFC 2866 section 5.3).</param>
/// <param name="Download">Octets a second that the user receives: Output.</param>
internal sealed record SessionTraffic(long Upload, long Download)
{
    private const int PacketLength = 900;

    public ulong Input(TimeSpan elapsed) => Octets(Upload, elapsed);

    public ulong Output(TimeSpan elapsed) => Octets(Download, elapsed);

    public static uint Packets(ulong octets) => unchecked((uint)((octets + PacketLength - 1) / PacketLength));

    private static ulong Octets(long rate, TimeSpan elapsed) => (ulong)(rate * (decimal)elapsed.TotalSeconds);
}
