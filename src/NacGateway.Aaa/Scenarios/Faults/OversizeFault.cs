using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios.Faults;

/// <summary>
/// The packet is longer than the 4096 octets that RADIUS allows, well framed and rightly signed; or, as padding, octets follow that the
/// Length does not count, which a client has to ignore (RFC 2865 section 3).
/// </summary>
internal sealed record OversizeFault(int Octets, bool IsPadding) : IFault
{
    private const byte ReplyMessage = 18;
    private const int Longest = byte.MaxValue;

    public string Name => IsPadding ? "padding" : "oversized";

    public bool WorksOverTls => false;

    public IReadOnlyList<Departure> Apply(IReadOnlyList<Departure> planned, FaultInput input) => planned.Each(packet =>
        IsPadding ? [.. packet, .. input.Draw.Octets(Octets)] : ReplyOctets.SignBoth(ReplyOctets.WithLength(Filled(packet)), input));

    private byte[] Filled(byte[] packet)
    {
        List<byte> filled = [.. packet];
        while (filled.Count < Octets)
        {
            // No rest of one or two octets, which no attribute of text has.
            var length = Octets - filled.Count is var rest && rest <= Longest ? Math.Max(rest, 3) : Math.Min(Longest, rest - 3);
            filled.AddRange([ReplyMessage, (byte)length, .. Enumerable.Repeat((byte)'x', length - 2)]);
        }

        return [.. filled];
    }
}
