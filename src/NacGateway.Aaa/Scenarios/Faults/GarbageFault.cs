using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios.Faults;

/// <summary>
/// Random octets in place of the reply, or before it. With <paramref name="IsForged"/> they are what somebody can send who sees the
/// request and has not the secret: an Access-Accept with the right Identifier and drawn digests.
/// </summary>
internal sealed record GarbageFault(string Name, int? Octets, int Count, bool KeepsReply, bool IsForged) : IFault
{
    private const int MostDrawn = 300;
    private const int DigestLength = 16;

    public bool WorksOverTls => !IsForged;

    public IReadOnlyList<Departure> Apply(IReadOnlyList<Departure> planned, FaultInput input) =>
    [
        .. Enumerable.Range(0, Count).Select(_ => new Departure(IsForged ? Forge(input) : input.Draw.Octets(Octets ?? input.Draw.Between(1, MostDrawn)))),
        .. KeepsReply ? planned : [],
    ];

    private static byte[] Forge(FaultInput input) => ReplyOctets.WithLength(
    [
        (byte)RadiusCode.AccessAccept, input.Request.Span[1], 0, 0,
        .. input.Draw.Octets(DigestLength),
        ReplyOctets.MessageAuthenticator, DigestLength + 2, .. input.Draw.Octets(DigestLength),
    ]);
}
