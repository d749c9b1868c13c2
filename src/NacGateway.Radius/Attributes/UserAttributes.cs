using System.Net;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Attributes;

/// <summary>What names the user, the station and the NAS in a packet.</summary>
/// <remarks>
/// Reading gives the first attribute of its type, or null when there is none or its size is not that of its type: such an attribute is
/// ignored and the packet kept (RFC 6929 section 2.8). Setting replaces all of its type by one at the end of the packet; null, and an
/// empty value, which may not be sent (RFC 2865 section 5), remove it.
/// </remarks>
public static class UserAttributes
{
    extension(RadiusPacket packet)
    {
        /// <summary>User-Name, UTF-8, 1 to 253 octets (RFC 2865 section 5.1).</summary>
        public string? UserName
        {
            get => AttributeAccess.GetText(packet, RadiusAttributeType.UserName);
            set => AttributeAccess.SetText(packet, RadiusAttributeType.UserName, value);
        }

        /// <summary>Calling-Station-Id: the client, as a MAC address <c>AA-BB-CC-DD-EE-FF</c> (RFC 2865 section 5.31, RFC 3580 section 3.21).</summary>
        public string? CallingStationId
        {
            get => AttributeAccess.GetText(packet, RadiusAttributeType.CallingStationId);
            set => AttributeAccess.SetText(packet, RadiusAttributeType.CallingStationId, value);
        }

        /// <summary>Called-Station-Id: where the client arrived, perhaps followed by <c>:SSID</c> (RFC 2865 section 5.30, RFC 3580 section 3.20).</summary>
        public string? CalledStationId
        {
            get => AttributeAccess.GetText(packet, RadiusAttributeType.CalledStationId);
            set => AttributeAccess.SetText(packet, RadiusAttributeType.CalledStationId, value);
        }

        /// <summary>NAS-Identifier (RFC 2865 section 5.32).</summary>
        public string? NasIdentifier
        {
            get => AttributeAccess.GetText(packet, RadiusAttributeType.NasIdentifier);
            set => AttributeAccess.SetText(packet, RadiusAttributeType.NasIdentifier, value);
        }

        /// <summary>NAS-IP-Address (RFC 2865 section 5.4).</summary>
        public IPAddress? NasIpAddress
        {
            get => AttributeAccess.GetAddress(packet, RadiusAttributeType.NasIpAddress, 4);
            set => AttributeAccess.SetAddress(packet, RadiusAttributeType.NasIpAddress, 4, value);
        }

        /// <summary>NAS-IPv6-Address (RFC 3162 section 2.1).</summary>
        public IPAddress? NasIPv6Address
        {
            get => AttributeAccess.GetAddress(packet, RadiusAttributeType.NasIPv6Address, 16);
            set => AttributeAccess.SetAddress(packet, RadiusAttributeType.NasIPv6Address, 16, value);
        }

        /// <summary>NAS-Port (RFC 2865 section 5.5).</summary>
        public uint? NasPort
        {
            get => AttributeAccess.GetInteger(packet, RadiusAttributeType.NasPort);
            set => AttributeAccess.SetInteger(packet, RadiusAttributeType.NasPort, value);
        }

        /// <summary>NAS-Port-Id (RFC 2869 section 5.17).</summary>
        public string? NasPortId
        {
            get => AttributeAccess.GetText(packet, RadiusAttributeType.NasPortId);
            set => AttributeAccess.SetText(packet, RadiusAttributeType.NasPortId, value);
        }

        /// <summary>NAS-Port-Type (RFC 2865 section 5.41).</summary>
        public NasPortType? NasPortType
        {
            get => (NasPortType?)AttributeAccess.GetInteger(packet, RadiusAttributeType.NasPortType);
            set => AttributeAccess.SetInteger(packet, RadiusAttributeType.NasPortType, (uint?)value);
        }

        /// <summary>Chargeable-User-Identity, opaque; one NUL octet asks for it (RFC 4372 section 2.2).</summary>
        public ReadOnlyMemory<byte>? ChargeableUserIdentity
        {
            get => AttributeAccess.GetOctets(packet, RadiusAttributeType.ChargeableUserIdentity);
            set => AttributeAccess.SetOctets(packet, RadiusAttributeType.ChargeableUserIdentity, value);
        }

        /// <summary>Connect-Info (RFC 2869 section 5.11).</summary>
        public string? ConnectInfo
        {
            get => AttributeAccess.GetText(packet, RadiusAttributeType.ConnectInfo);
            set => AttributeAccess.SetText(packet, RadiusAttributeType.ConnectInfo, value);
        }

        /// <summary>Operator-Name, its namespace octet first (RFC 5580 section 4.1).</summary>
        public string? OperatorName
        {
            get => AttributeAccess.GetText(packet, RadiusAttributeType.OperatorName);
            set => AttributeAccess.SetText(packet, RadiusAttributeType.OperatorName, value);
        }
    }
}
