using System.Buffers.Binary;
using System.Net;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Coa;

/// <summary>
/// Finds the sessions that a request means (RFC 5176 section 3). All attributes that name the NAS or a session must agree; several
/// sessions that fit are all meant. The table holds this gateway's own sessions, so no other's is ever touched.
/// </summary>
internal sealed class SessionMatcher(SessionTable table, NasNames nas)
{
    /// <summary>A shorter one is not the network of one device, and would mean everybody.</summary>
    private const int ShortestPrefix = 64;

    /// <summary>Whether an attribute names the NAS or a session, and changes nothing.</summary>
    public static bool Identifies(byte type) => NamesNas(type) || type is RadiusAttributeType.UserName or RadiusAttributeType.NasPort or RadiusAttributeType.FramedIpAddress
        or RadiusAttributeType.CalledStationId or RadiusAttributeType.CallingStationId or RadiusAttributeType.AcctSessionId or RadiusAttributeType.AcctMultiSessionId
        or RadiusAttributeType.NasPortId or RadiusAttributeType.ChargeableUserIdentity or RadiusAttributeType.FramedInterfaceId or RadiusAttributeType.FramedIPv6Prefix
        or RadiusAttributeType.FramedIPv6Address;

    /// <summary>Finds the open sessions that are meant; null with at least one of them, or why there is none.</summary>
    public CoaRefusal? Find(AttributeList attributes, out IReadOnlyList<ActiveSession> sessions)
    {
        sessions = [];
        List<Predicate<ActiveSession>> criteria = [];
        string? acctSessionId = null;
        foreach (var attribute in attributes)
        {
            if (NamesNas(attribute.Type))
            {
                if (!IsOurs(attribute))
                {
                    return new CoaRefusal(ErrorCause.NasIdentificationMismatch, "another NAS is named");
                }
            }
            else if (Identifies(attribute.Type))
            {
                if (!TryRead(attribute, criteria))
                {
                    return CoaRefusal.Invalid($"attribute {attribute.Type}, which names a session, has a wrong size");
                }

                acctSessionId = attribute.Type == RadiusAttributeType.AcctSessionId ? Text(attribute) : acctSessionId;
            }
        }

        if (criteria.Count == 0)
        {
            return CoaRefusal.Missing("no session is named");
        }

        sessions = [.. Candidates(acctSessionId).Where(session => criteria.TrueForAll(criterion => criterion(session)))];
        return sessions.Count == 0 ? CoaRefusal.NotFound() : null;
    }

    private static bool NamesNas(byte type) => type is RadiusAttributeType.NasIpAddress or RadiusAttributeType.NasIdentifier or RadiusAttributeType.NasIPv6Address;

    private bool IsOurs(RadiusAttribute attribute) => attribute.Type == RadiusAttributeType.NasIdentifier
        ? string.Equals(Text(attribute), nas.Identifier, StringComparison.Ordinal)
        : TryReadAddress(attribute.Value.Span, attribute.Type == RadiusAttributeType.NasIpAddress ? 4 : 16, out var address) && nas.HasAddress(address!);

    /// <summary>The Acct-Session-Id alone needs no walk over all sessions. One past its end is over, even where the sweeper has not come by yet.</summary>
    private IEnumerable<ActiveSession> Candidates(string? acctSessionId) => acctSessionId is null
        ? table.Walk().Where(session => table.TryGet(session.AcctSessionId, out _))
        : table.TryGet(acctSessionId, out var session) ? [session] : [];

    /// <summary>Adds what a session must fulfil; false when the value has a size that its type cannot have.</summary>
    private bool TryRead(RadiusAttribute attribute, List<Predicate<ActiveSession>> criteria)
    {
        var value = attribute.Value;
        switch (attribute.Type)
        {
            case RadiusAttributeType.FramedIpAddress or RadiusAttributeType.FramedIPv6Address:
                return TryReadAddress(value.Span, attribute.Type == RadiusAttributeType.FramedIpAddress ? 4 : 16, out var address) && Add(criteria, session => session.ClientAddress.Equals(address));
            case RadiusAttributeType.FramedIPv6Prefix:
                return AttributeValue.TryReadIPv6Prefix(value.Span, out var prefix) && prefix.PrefixLength >= ShortestPrefix && Add(criteria, session => prefix.Contains(session.ClientAddress));
            case RadiusAttributeType.FramedInterfaceId:
                return AttributeValue.TryReadInterfaceId(value.Span, out ulong id) && Add(criteria, session => InterfaceId(session.ClientAddress) == id);
            case RadiusAttributeType.NasPort:
                // It names a port, and this gateway has none: no session fits.
                return value.Length == sizeof(uint) && Add(criteria, _ => false);
            case RadiusAttributeType.ChargeableUserIdentity:
                return Add(criteria, session => session.ChargeableUserIdentity is { } identity && value.Span.SequenceEqual(identity));
            default:
                var text = Text(attribute);
                return Add(criteria, session => text is not null && NamedBy(attribute.Type, session, text));
        }
    }

    private bool NamedBy(byte type, ActiveSession session, string text) => type switch
    {
        RadiusAttributeType.UserName => string.Equals(session.UserName, text, StringComparison.Ordinal),
        RadiusAttributeType.AcctSessionId => string.Equals(session.AcctSessionId, text, StringComparison.Ordinal),
        RadiusAttributeType.CallingStationId => StationId.AreSame(session.CallingStationId ?? session.ClientAddress.ToString(), text),
        RadiusAttributeType.CalledStationId => nas.CalledStationId.Length > 0 && StationId.AreSame(nas.CalledStationId, text),
        RadiusAttributeType.NasPortId => string.Equals(nas.PortId, text, StringComparison.Ordinal),

        // Sessions here are not linked with one another, so none has an Acct-Multi-Session-Id.
        _ => false,
    };

    private static bool Add(List<Predicate<ActiveSession>> criteria, Predicate<ActiveSession> criterion)
    {
        criteria.Add(criterion);
        return true;
    }

    private static string? Text(RadiusAttribute attribute) => AttributeValue.TryReadText(attribute.Value.Span, out var text) ? text : null;

    private static bool TryReadAddress(ReadOnlySpan<byte> value, int length, out IPAddress? address)
    {
        address = value.Length == length ? new IPAddress(value) : null;
        return address is not null;
    }

    private static ulong? InterfaceId(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        return address.TryWriteBytes(octets, out var written) && written == 16 ? BinaryPrimitives.ReadUInt64BigEndian(octets[8..]) : null;
    }
}
