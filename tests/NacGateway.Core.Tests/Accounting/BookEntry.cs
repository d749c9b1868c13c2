using System.Buffers.Binary;
using NacGateway.Core.Accounting;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Tests.Accounting;

/// <summary>An accounting record as its server reads it.</summary>
internal sealed record BookEntry
{
    public required string AcctSessionId { get; init; }

    public required AcctStatusType Status { get; init; }

    /// <summary>Event-Timestamp; the beginning of time where there is none.</summary>
    public required DateTimeOffset EventAt { get; init; }

    /// <summary>Octets from the client, with their gigawords.</summary>
    public long Input { get; init; }

    /// <summary>Octets to the client, with their gigawords.</summary>
    public long Output { get; init; }

    public uint? TerminateCause { get; init; }

    /// <summary>All it says, but for Message-Authenticator, which follows from the rest and the Identifier.</summary>
    public string Content { get; init; } = "";

    /// <summary>What a server tells a record from its repetition by.</summary>
    public (string AcctSessionId, AcctStatusType Status, DateTimeOffset EventAt) Key => (AcctSessionId, Status, EventAt);

    /// <summary>Whether it reports a session, and not the gateway.</summary>
    public bool IsOfSession => Status is AcctStatusType.Start or AcctStatusType.InterimUpdate or AcctStatusType.Stop;

    public static BookEntry Of(RadiusPacket request) => new()
    {
        AcctSessionId = request.AcctSessionId ?? "",
        Status = (AcctStatusType)(Integer(request, RadiusAttributeType.AcctStatusType) ?? 0),
        EventAt = request.EventTimestamp ?? DateTimeOffset.UnixEpoch,
        Input = Octets(request, RadiusAttributeType.AcctInputOctets, RadiusAttributeType.AcctInputGigawords),
        Output = Octets(request, RadiusAttributeType.AcctOutputOctets, RadiusAttributeType.AcctOutputGigawords),
        TerminateCause = Integer(request, RadiusAttributeType.AcctTerminateCause),
        Content = string.Join(' ', request.Attributes.Where(attribute => attribute.Type != RadiusAttributeType.MessageAuthenticator).Select(attribute => $"{attribute.Type}={Convert.ToHexString(attribute.Value.Span)}")),
    };

    public override string ToString() => $"{Status} of {AcctSessionId} at {EventAt:HH:mm:ss}, {Input} in, {Output} out";

    private static long Octets(RadiusPacket request, byte octets, byte gigawords) =>
        ((long)(Integer(request, gigawords) ?? 0) << 32) + (Integer(request, octets) ?? 0);

    private static uint? Integer(RadiusPacket request, byte type) =>
        request.Attributes.TryGetFirst(type, out var value) && value.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(value) : null;
}
