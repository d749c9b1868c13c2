using System.Buffers.Binary;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Accounting;

/// <summary>One Accounting-Request, read. Immutable.</summary>
internal sealed record AccountingRecord
{
    public required AccountingStatus Status { get; init; }

    public required string SessionId { get; init; }

    public required string Nas { get; init; }

    public required string UserName { get; init; }

    /// <summary>Null when the record does not say.</summary>
    public ulong? InputOctets { get; init; }

    public ulong? OutputOctets { get; init; }

    public uint? SessionTime { get; init; }

    public uint? TerminateCause { get; init; }

    /// <summary>The digest over the whole request, by which a retransmission is known; null in RADIUS/1.1, which has neither.</summary>
    public UInt128? Digest { get; init; }

    /// <summary>Reads a request; null when it says neither what nor of which session, as every record must (RFC 2866 section 5.13).</summary>
    public static AccountingRecord? Of(RadiusRequestContext context)
    {
        var request = context.Request;
        return Integer(request, RadiusAttributeType.AcctStatusType) is { } status && request.AcctSessionId is { Length: > 0 } session
            ? new AccountingRecord
            {
                Status = Enum.IsDefined((AccountingStatus)status) ? (AccountingStatus)status : AccountingStatus.Other,
                SessionId = session,
                Nas = NasOf(request) ?? context.Source.Address.ToString(),
                UserName = request.UserName ?? string.Empty,
                InputOctets = Octets(request, RadiusAttributeType.AcctInputOctets, RadiusAttributeType.AcctInputGigawords),
                OutputOctets = Octets(request, RadiusAttributeType.AcctOutputOctets, RadiusAttributeType.AcctOutputGigawords),
                SessionTime = Integer(request, RadiusAttributeType.AcctSessionTime),
                TerminateCause = Integer(request, RadiusAttributeType.AcctTerminateCause),
                Digest = request.Version == RadiusVersion.Radius11 ? null : BinaryPrimitives.ReadUInt128BigEndian(request.Authenticator),
            }
            : null;
    }

    private static string? NasOf(RadiusPacket request) => request switch
    {
        { NasIdentifier: { Length: > 0 } name } => name,
        { NasIpAddress: { } address } => address.ToString(),
        { NasIPv6Address: { } address } => address.ToString(),
        _ => null,
    };

    /// <summary>Gigawords count how often the 32 bits of the other attribute ran over (RFC 2869 section 5.1).</summary>
    private static ulong? Octets(RadiusPacket request, byte low, byte high) =>
        Integer(request, low) is { } octets ? ((ulong)(Integer(request, high) ?? 0) << 32) | octets : null;

    private static uint? Integer(RadiusPacket request, byte type) =>
        request.Attributes.TryGetFirst(type, out var value) && value.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(value) : null;
}
