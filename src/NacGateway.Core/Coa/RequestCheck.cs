using NacGateway.Core.Policy;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Coa;

/// <summary>
/// What may stand in a request. Every attribute is mandatory: one that this gateway does not know or cannot apply refuses the whole
/// request (RFC 5176 section 2.3). Whether limits can be applied to a session is asked later. Pure.
/// </summary>
internal static class RequestCheck
{
    /// <summary>Operator-NAS-Identifier, 241.8 (RFC 8559 section 3.2): of proxies, and no ground for a NAK.</summary>
    private const byte OperatorNasIdentifier = 8;

    /// <summary>The first ground for a NAK, in the order of the packet; null when there is none.</summary>
    public static CoaRefusal? Check(CoaRequest request)
    {
        foreach (var attribute in request.Packet.Attributes)
        {
            var refusal = CheckCommon(attribute) ?? (IsCommon(attribute) ? null
                : request.IsDisconnect ? CheckDisconnect(attribute)
                : request.IsAuthorizeOnly ? CheckAuthorizeOnly(attribute)
                : CheckChange(attribute));
            if (refusal is not null)
            {
                return refusal;
            }
        }

        // RFC 5080 section 2.1.1: Authorize-Only without State would be an Access-Request that proves nothing.
        return request.IsAuthorizeOnly && request.Packet.State is not { IsEmpty: false } ? CoaRefusal.Missing("Authorize-Only needs a State")
            : request.Packet.Attributes.CountOf(RadiusAttributeType.State) > 1 || request.Packet.Attributes.CountOf(RadiusAttributeType.EventTimestamp) > 1
                ? new CoaRefusal(ErrorCause.InvalidRequest, "State or Event-Timestamp is there twice")
            : null;
    }

    private static bool IsCommon(RadiusAttribute attribute) => attribute.Type is RadiusAttributeType.EventTimestamp or RadiusAttributeType.MessageAuthenticator
        or RadiusAttributeType.ProxyState or RadiusAttributeType.OperatorName or RadiusAttributeType.ExtendedAttribute1
        || SessionMatcher.Identifies(attribute.Type);

    /// <summary>Sizes, as far as a wrong one would be passed over later.</summary>
    private static CoaRefusal? CheckCommon(RadiusAttribute attribute)
    {
        var length = attribute.Value.Length;
        return attribute.Type switch
        {
            RadiusAttributeType.MessageAuthenticator or RadiusAttributeType.ProxyState => null,
            RadiusAttributeType.ExtendedAttribute1 when length < 2 || attribute.Value.Span[0] != OperatorNasIdentifier => CoaRefusal.Unsupported("an extended attribute other than Operator-NAS-Identifier is not supported"),
            _ when length == 0 => CoaRefusal.Invalid($"attribute {attribute.Type} is empty"),
            RadiusAttributeType.EventTimestamp or RadiusAttributeType.AcctTerminateCause or RadiusAttributeType.ServiceType or RadiusAttributeType.FramedProtocol or RadiusAttributeType.TerminationAction
                when length != sizeof(uint) => CoaRefusal.Invalid($"attribute {attribute.Type} does not have 4 octets"),
            _ => null,
        };
    }

    /// <summary>Beside identification only what says why (RFC 5176 section 3.6). A vendor's attribute identifies no session here.</summary>
    private static CoaRefusal? CheckDisconnect(RadiusAttribute attribute) =>
        attribute.Type is RadiusAttributeType.ReplyMessage or RadiusAttributeType.Class or RadiusAttributeType.AcctTerminateCause
            ? null
            : CoaRefusal.Unsupported($"attribute {attribute.Type} may not stand in a Disconnect-Request");

    private static CoaRefusal? CheckAuthorizeOnly(RadiusAttribute attribute) =>
        attribute.Type is RadiusAttributeType.ServiceType or RadiusAttributeType.State
            ? null
            : CoaRefusal.Unsupported($"attribute {attribute.Type} may not stand beside Authorize-Only");

    private static CoaRefusal? CheckChange(RadiusAttribute attribute)
    {
        switch (attribute.Type)
        {
            case RadiusAttributeType.State or RadiusAttributeType.Class or RadiusAttributeType.ReplyMessage:
                return null;
            case RadiusAttributeType.ServiceType:
                return Number(attribute) == (uint)ServiceType.Framed ? null : new CoaRefusal(ErrorCause.UnsupportedService, $"Service-Type {Number(attribute)} is not served here, only Framed (2)");
            case RadiusAttributeType.FramedProtocol:
                return Number(attribute) == (uint)FramedProtocol.Ppp ? null : CoaRefusal.Invalid($"Framed-Protocol {Number(attribute)} is not served here");
            case RadiusAttributeType.TerminationAction:
                return Number(attribute) <= (uint)TerminationAction.RadiusRequest ? null : CoaRefusal.Invalid($"Termination-Action {Number(attribute)} is not known");
            case RadiusAttributeType.VendorSpecific:
                return CheckVendor(attribute.Value.Span);
            default:
                // Tunnel-Password is none of the tunnel's attributes here: its cipher does not belong into a CoA-Request.
                return AuthorizationMapper.IsLimit(attribute.Type) || ChangeHandler.IsTunnel(attribute.Type) ? null : CoaRefusal.Unsupported($"attribute {attribute.Type} cannot be changed");
        }
    }

    private static CoaRefusal? CheckVendor(ReadOnlySpan<byte> value)
    {
        var known = 0;
        if (VendorSpecificReader.TryRead(value, out var reader))
        {
            foreach (var item in reader)
            {
                if (!AuthorizationMapper.IsLimit(reader.VendorId, item.Type))
                {
                    return CoaRefusal.Unsupported($"attribute {item.Type} of vendor {reader.VendorId} cannot be changed");
                }

                known++;
            }
        }

        return known > 0 ? null : CoaRefusal.Unsupported("a Vendor-Specific attribute names nothing that can be changed");
    }

    private static uint Number(RadiusAttribute attribute)
    {
        AttributeValue.TryReadInteger(attribute.Value.Span, out uint number);
        return number;
    }
}
