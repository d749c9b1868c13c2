using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Loading;

/// <summary>One Identifier of one source port, with the request that is in flight under it. Its buffer is used again for the next one.</summary>
internal sealed class LoadSlot
{
    public byte[] Buffer { get; } = GC.AllocateUninitializedArray<byte>(RadiusPacket.MaxLength);

    /// <summary>Octets of the request; 0 when none is in flight.</summary>
    public int Length { get; set; }

    /// <summary>Grows with each request, so that the timer of one request does not meet the next.</summary>
    public int Turn { get; set; }

    public int Sends { get; set; }

    /// <summary>Timestamp of the first transmission.</summary>
    public long Started { get; set; }

    /// <summary>MS-CHAP2-Success that an Access-Accept must carry; null for other methods.</summary>
    public byte[]? Proof { get; set; }

    public bool IsFree => Length == 0;

    public ReadOnlySpan<byte> Request => Buffer.AsSpan(0, Length);

    public ReadOnlySpan<byte> Authenticator => Buffer.AsSpan(4, RadiusPacket.AuthenticatorLength);
}
