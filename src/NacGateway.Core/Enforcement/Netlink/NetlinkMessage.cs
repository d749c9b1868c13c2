namespace NacGateway.Core.Enforcement.Netlink;

/// <summary>One message of the kernel (struct nlmsghdr and what follows).</summary>
internal readonly ref struct NetlinkMessage(ushort type, ushort flags, uint sequence, ReadOnlySpan<byte> payload)
{
    /// <summary>Type of an error, or of success where the number is 0.</summary>
    public const ushort Error = 2;

    /// <summary>Type of the end of a dump.</summary>
    public const ushort Done = 3;

    public ushort Type { get; } = type;

    public ushort Flags { get; } = flags;

    public uint Sequence { get; } = sequence;

    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>The attributes behind a fixed part of so many octets.</summary>
    public NetlinkAttributes Attributes(int after) => new(Payload.Length <= after ? default : Payload[after..]);
}
