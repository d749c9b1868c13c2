using System.Net;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Attributes;

/// <summary>What a server grants, refuses or asks for.</summary>
/// <remarks>
/// Reading gives the first attribute of its type, or null when there is none or its size is not that of its type: such an attribute is
/// ignored and the packet kept (RFC 6929 section 2.8). Setting replaces all of its type by one at the end of the packet; null, and an
/// empty value, which may not be sent (RFC 2865 section 5), remove it.
/// </remarks>
public static class SessionAttributes
{
    extension(RadiusPacket packet)
    {
        /// <summary>Service-Type (RFC 2865 section 5.6).</summary>
        public ServiceType? ServiceType
        {
            get => (ServiceType?)AttributeAccess.GetInteger(packet, RadiusAttributeType.ServiceType);
            set => AttributeAccess.SetInteger(packet, RadiusAttributeType.ServiceType, (uint?)value);
        }

        /// <summary>Framed-Protocol (RFC 2865 section 5.7).</summary>
        public FramedProtocol? FramedProtocol
        {
            get => (FramedProtocol?)AttributeAccess.GetInteger(packet, RadiusAttributeType.FramedProtocol);
            set => AttributeAccess.SetInteger(packet, RadiusAttributeType.FramedProtocol, (uint?)value);
        }

        /// <summary>Session-Timeout in seconds: longest session, or longest wait for the answer to a challenge (RFC 2865 section 5.27).</summary>
        public uint? SessionTimeout
        {
            get => AttributeAccess.GetInteger(packet, RadiusAttributeType.SessionTimeout);
            set => AttributeAccess.SetInteger(packet, RadiusAttributeType.SessionTimeout, value);
        }

        /// <summary>Idle-Timeout in seconds (RFC 2865 section 5.28).</summary>
        public uint? IdleTimeout
        {
            get => AttributeAccess.GetInteger(packet, RadiusAttributeType.IdleTimeout);
            set => AttributeAccess.SetInteger(packet, RadiusAttributeType.IdleTimeout, value);
        }

        /// <summary>Termination-Action (RFC 2865 section 5.29).</summary>
        public TerminationAction? TerminationAction
        {
            get => (TerminationAction?)AttributeAccess.GetInteger(packet, RadiusAttributeType.TerminationAction);
            set => AttributeAccess.SetInteger(packet, RadiusAttributeType.TerminationAction, (uint?)value);
        }

        /// <summary>Acct-Interim-Interval in seconds, at least 60 (RFC 2869 section 5.16).</summary>
        public uint? AcctInterimInterval
        {
            get => AttributeAccess.GetInteger(packet, RadiusAttributeType.AcctInterimInterval);
            set => AttributeAccess.SetInteger(packet, RadiusAttributeType.AcctInterimInterval, value);
        }

        /// <summary>State: opaque, goes back unmodified (RFC 2865 section 5.24).</summary>
        public ReadOnlyMemory<byte>? State
        {
            get => AttributeAccess.GetOctets(packet, RadiusAttributeType.State);
            set => AttributeAccess.SetOctets(packet, RadiusAttributeType.State, value);
        }

        /// <summary>Every Class in packet order: opaque, copied to accounting. Copies are made (RFC 2865 section 5.25).</summary>
        public IReadOnlyList<ReadOnlyMemory<byte>> Classes => AttributeAccess.GetAllOctets(packet, RadiusAttributeType.Class);

        /// <summary>Every Proxy-State in packet order, which a server returns unmodified. Copies are made (RFC 2865 section 5.33).</summary>
        public IReadOnlyList<ReadOnlyMemory<byte>> ProxyStates => AttributeAccess.GetAllOctets(packet, RadiusAttributeType.ProxyState);

        /// <summary>Every Reply-Message in packet order, text from the network, to be escaped where it is shown (RFC 2865 section 5.18); none beside EAP-Message, where they must not be (RFC 3579 section 2.6.5).</summary>
        public IReadOnlyList<string> ReplyMessages => packet.Attributes.CountOf(RadiusAttributeType.EapMessage) > 0 ? [] : AttributeAccess.GetTexts(packet, RadiusAttributeType.ReplyMessage);

        /// <summary>Every Filter-Id in packet order (RFC 2865 section 5.11).</summary>
        public IReadOnlyList<string> FilterIds => AttributeAccess.GetTexts(packet, RadiusAttributeType.FilterId);

        /// <summary>Prompt: whether the answer to a challenge is shown while it is typed (RFC 2869 section 5.10).</summary>
        public Prompt? Prompt
        {
            get => (Prompt?)AttributeAccess.GetInteger(packet, RadiusAttributeType.Prompt);
            set => AttributeAccess.SetInteger(packet, RadiusAttributeType.Prompt, (uint?)value);
        }

        /// <summary>Error-Cause (RFC 5176 section 3.5).</summary>
        public ErrorCause? ErrorCause
        {
            get => (ErrorCause?)AttributeAccess.GetInteger(packet, RadiusAttributeType.ErrorCause);
            set => AttributeAccess.SetInteger(packet, RadiusAttributeType.ErrorCause, (uint?)value);
        }

        /// <summary>Port-Limit (RFC 2865 section 5.42).</summary>
        public uint? PortLimit
        {
            get => AttributeAccess.GetInteger(packet, RadiusAttributeType.PortLimit);
            set => AttributeAccess.SetInteger(packet, RadiusAttributeType.PortLimit, value);
        }

        /// <summary>Framed-IP-Address; 255.255.255.255 lets the user choose, 255.255.255.254 the NAS (RFC 2865 section 5.8).</summary>
        public IPAddress? FramedIpAddress
        {
            get => AttributeAccess.GetAddress(packet, RadiusAttributeType.FramedIpAddress, 4);
            set => AttributeAccess.SetAddress(packet, RadiusAttributeType.FramedIpAddress, 4, value);
        }

        /// <summary>Framed-IP-Netmask (RFC 2865 section 5.9).</summary>
        public IPAddress? FramedIpNetmask
        {
            get => AttributeAccess.GetAddress(packet, RadiusAttributeType.FramedIpNetmask, 4);
            set => AttributeAccess.SetAddress(packet, RadiusAttributeType.FramedIpNetmask, 4, value);
        }

        /// <summary>Framed-MTU, 64 to 65535 octets (RFC 2865 section 5.12).</summary>
        public uint? FramedMtu
        {
            get => AttributeAccess.GetInteger(packet, RadiusAttributeType.FramedMtu);
            set => AttributeAccess.SetInteger(packet, RadiusAttributeType.FramedMtu, value);
        }

        /// <summary>Framed-IPv6-Address (RFC 6911 section 3.1).</summary>
        public IPAddress? FramedIPv6Address
        {
            get => AttributeAccess.GetAddress(packet, RadiusAttributeType.FramedIPv6Address, 16);
            set => AttributeAccess.SetAddress(packet, RadiusAttributeType.FramedIPv6Address, 16, value);
        }

        /// <summary>Password-Retry: attempts before the NAS ends the connection (RFC 2869 section 5.9).</summary>
        public uint? PasswordRetry
        {
            get => AttributeAccess.GetInteger(packet, RadiusAttributeType.PasswordRetry);
            set => AttributeAccess.SetInteger(packet, RadiusAttributeType.PasswordRetry, value);
        }
    }
}
