using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Attributes;

/// <summary>What identifies and measures a session (RFC 2866 section 5).</summary>
/// <remarks>
/// Reading gives the first attribute of its type, or null when there is none or its size is not that of its type: such an attribute is
/// ignored and the packet kept (RFC 6929 section 2.8). Setting replaces all of its type by one at the end of the packet; null, and an
/// empty value, which may not be sent (RFC 2865 section 5), remove it.
/// </remarks>
public static class AccountingAttributes
{
    extension(RadiusPacket packet)
    {
        /// <summary>Acct-Session-Id: the same in Access-Request and accounting (RFC 2866 section 5.5).</summary>
        public string? AcctSessionId
        {
            get => AttributeAccess.GetText(packet, RadiusAttributeType.AcctSessionId);
            set => AttributeAccess.SetText(packet, RadiusAttributeType.AcctSessionId, value);
        }

        /// <summary>Acct-Multi-Session-Id (RFC 2866 section 5.11).</summary>
        public string? AcctMultiSessionId
        {
            get => AttributeAccess.GetText(packet, RadiusAttributeType.AcctMultiSessionId);
            set => AttributeAccess.SetText(packet, RadiusAttributeType.AcctMultiSessionId, value);
        }

        /// <summary>Event-Timestamp, whole seconds (RFC 2869 section 5.3).</summary>
        public DateTimeOffset? EventTimestamp
        {
            get => AttributeAccess.GetInteger(packet, RadiusAttributeType.EventTimestamp) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
            set => AttributeAccess.SetInteger(packet, RadiusAttributeType.EventTimestamp, value is { } instant ? checked((uint)instant.ToUnixTimeSeconds()) : null);
        }
    }
}
