using System.Text;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Playing;

/// <summary>Finds the sessions that a Disconnect- or CoA-Request means: every identifier must agree (RFC 5176 section 3).</summary>
internal static class SessionMatch
{
    private static readonly byte[] s_nas = [RadiusAttributeType.NasIpAddress, RadiusAttributeType.NasIdentifier, RadiusAttributeType.NasIPv6Address];

    private static readonly byte[] s_session =
    [
        RadiusAttributeType.UserName, RadiusAttributeType.NasPort, RadiusAttributeType.FramedIpAddress, RadiusAttributeType.CalledStationId, RadiusAttributeType.CallingStationId,
        RadiusAttributeType.AcctSessionId, RadiusAttributeType.AcctMultiSessionId, RadiusAttributeType.NasPortId, RadiusAttributeType.ChargeableUserIdentity,
        RadiusAttributeType.FramedInterfaceId, RadiusAttributeType.FramedIPv6Prefix,
    ];

    /// <summary>Whether an attribute only says which NAS or session is meant.</summary>
    public static bool IsIdentification(byte type) => s_nas.Contains(type) || s_session.Contains(type);

    /// <summary>The open sessions that are meant, or why there are none.</summary>
    public static (IReadOnlyList<PlayedSession> Sessions, ErrorCause Refusal) Find(RadiusPacket request, IEnumerable<PlayedSession> open, NasSettings settings)
    {
        foreach (var attribute in request.Attributes)
        {
            if (s_nas.Contains(attribute.Type) && (attribute.Type != RadiusAttributeType.NasIdentifier || !IsText(attribute.Value.Span, settings.NasIdentifier)))
            {
                return ([], ErrorCause.NasIdentificationMismatch);
            }
        }

        if (!request.Attributes.Any(attribute => s_session.Contains(attribute.Type)))
        {
            return ([], ErrorCause.MissingAttribute);
        }

        PlayedSession[] meant = [.. open.Where(session => request.Attributes.Where(attribute => s_session.Contains(attribute.Type)).All(attribute => Fits(session, attribute.Type, attribute.Value.Span)))];
        return (meant, meant.Length == 0 ? ErrorCause.SessionContextNotFound : ErrorCause.None);
    }

    private static bool Fits(PlayedSession session, byte type, ReadOnlySpan<byte> value) => type switch
    {
        RadiusAttributeType.UserName => value.SequenceEqual(session.UserName) || value.SequenceEqual(session.Plan.User.Name),
        RadiusAttributeType.NasPort => AttributeValue.TryReadInteger(value, out var port) && port == session.Plan.Port,
        RadiusAttributeType.FramedIpAddress => AttributeValue.TryReadIPv4(value, out var address) && address.Equals(session.Plan.Address),
        RadiusAttributeType.CallingStationId => IsText(value, session.Plan.Station),
        RadiusAttributeType.AcctSessionId => IsText(value, session.Plan.Id),
        RadiusAttributeType.ChargeableUserIdentity => session.ChargeableUserIdentity is { } identity && value.SequenceEqual(identity.Span),

        // The played sessions have no such attribute, so none can be meant by it.
        _ => false,
    };

    private static bool IsText(ReadOnlySpan<byte> value, string text) => value.SequenceEqual(Encoding.UTF8.GetBytes(text));
}
