using System.Text;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Tests.Coa;

/// <summary>Requests and their verdicts: <see cref="Ack"/>, <see cref="Silence"/>, or the Error-Cause of the NAK (RFC 5176 section 3.5).</summary>
internal static class CoaCases
{
    public const string Silence = "silence";
    public const string Ack = "ack";

    public static IEnumerable<(string Name, Action<RadiusPacket> Fill, string Verdict)> Identifications(CoaScene scene) =>
    [
        ("nothing", _ => { }, "402"),
        ("NAS only", packet => packet.NasIdentifier = "nacgateway", "402"),
        ("User-Name", packet => packet.UserName = "bob", Ack),
        ("User-Name of two sessions", packet => packet.UserName = "alice", Ack),
        ("User-Name in another case", packet => packet.UserName = "BOB", "503"),
        ("User-Name of nobody", packet => packet.UserName = "mallory", "503"),
        ("User-Name as wildcard", packet => packet.UserName = "*", "503"),
        ("User-Name as pattern", packet => packet.UserName = "%", "503"),
        ("User-Name, no text", packet => packet.Attributes.Add(RadiusAttributeType.UserName, [0xff, 0xfe]), "503"),
        ("Acct-Session-Id", packet => packet.AcctSessionId = scene.Bob.AcctSessionId, Ack),
        ("Acct-Session-Id of nobody", packet => packet.AcctSessionId = "0001", "503"),
        ("Acct-Session-Id as SQL", packet => packet.AcctSessionId = "' OR 1=1 --", "503"),
        ("Acct-Session-Id, a part of it", packet => packet.AcctSessionId = scene.Bob.AcctSessionId[..8], "503"),
        ("two Acct-Session-Ids", packet => Add(packet, RadiusAttributeType.AcctSessionId, scene.Bob.AcctSessionId, scene.Carol.AcctSessionId), "503"),
        ("Acct-Session-Id and its User-Name", packet => Name(packet, scene.Bob.AcctSessionId, "bob"), Ack),
        ("Acct-Session-Id and another's User-Name", packet => Name(packet, scene.Bob.AcctSessionId, "alice"), "503"),
        ("Framed-IP-Address", packet => packet.FramedIpAddress = scene.Bob.ClientAddress, Ack),
        ("Framed-IP-Address of nobody", packet => packet.FramedIpAddress = System.Net.IPAddress.Parse("192.0.2.99"), "503"),
        ("Framed-IP-Address of 3 octets", packet => packet.Attributes.Add(RadiusAttributeType.FramedIpAddress, [192, 0, 2]), "407"),
        ("User-Name and Framed-IP-Address of one session", packet => Address(packet, "alice", "192.0.2.2"), Ack),
        ("User-Name and another's Framed-IP-Address", packet => Address(packet, "alice", "192.0.2.3"), "503"),
        ("Calling-Station-Id", packet => packet.CallingStationId = CoaScene.AliceStation, Ack),
        ("Calling-Station-Id with colons", packet => packet.CallingStationId = "02:00:5e:10:00:01", Ack),
        ("Calling-Station-Id in Cisco's form", packet => packet.CallingStationId = "0200.5e10.0001", Ack),
        ("Calling-Station-Id that is an address", packet => packet.CallingStationId = "192.0.2.3", Ack),
        ("Calling-Station-Id of nobody", packet => packet.CallingStationId = "02-00-5E-10-00-02", "503"),
        ("Called-Station-Id", packet => Add(packet, RadiusAttributeType.CalledStationId, "02-00-5E-00-53-01:Guests"), Ack),
        ("Called-Station-Id of another network", packet => Add(packet, RadiusAttributeType.CalledStationId, "02-00-5E-00-53-01:Staff"), "503"),
        ("NAS-Port-Id", packet => Add(packet, RadiusAttributeType.NasPortId, "lan0"), Ack),
        ("NAS-Port-Id of another port", packet => Add(packet, RadiusAttributeType.NasPortId, "lan1"), "503"),
        ("NAS-Port", packet => packet.NasPort = 1, "503"),
        ("NAS-Port of 2 octets", packet => packet.Attributes.Add(RadiusAttributeType.NasPort, [0, 1]), "407"),
        ("Acct-Multi-Session-Id", packet => packet.AcctMultiSessionId = scene.Bob.AcctSessionId, "503"),
        ("Chargeable-User-Identity", packet => Add(packet, RadiusAttributeType.ChargeableUserIdentity, "chargeable"), Ack),
        ("Chargeable-User-Identity of nobody", packet => Add(packet, RadiusAttributeType.ChargeableUserIdentity, "charge"), "503"),
        ("Chargeable-User-Identity NUL", packet => packet.Attributes.Add(RadiusAttributeType.ChargeableUserIdentity, [0]), "503"),
        ("Framed-IPv6-Address", packet => packet.FramedIPv6Address = scene.Carol.ClientAddress, Ack),
        ("Framed-IPv6-Prefix", packet => packet.Attributes.Add(RadiusAttributeType.FramedIPv6Prefix, [0, 64, 0x20, 0x01, 0x0d, 0xb8, 0, 1, 0, 2]), Ack),
        ("Framed-IPv6-Prefix and Framed-Interface-Id", packet => Interface(packet, [0, 3, 0, 4, 0, 5, 0, 6]), Ack),
        ("Framed-IPv6-Prefix and another Framed-Interface-Id", packet => Interface(packet, [0, 3, 0, 4, 0, 5, 0, 7]), "503"),
        ("Framed-IPv6-Prefix of everybody", packet => packet.Attributes.Add(RadiusAttributeType.FramedIPv6Prefix, [0, 0]), "407"),
        ("Framed-IPv6-Prefix too long", packet => packet.Attributes.Add(RadiusAttributeType.FramedIPv6Prefix, [0, 129]), "407"),
        ("NAS-Identifier and User-Name", packet => Nas(packet, "nacgateway"), Ack),
        ("another NAS-Identifier", packet => Nas(packet, "another"), "403"),
        ("NAS-IP-Address of this machine", packet => NasAddress(packet, "127.0.0.1"), Ack),
        ("NAS-IP-Address of another", packet => NasAddress(packet, "192.0.2.254"), "403"),
        ("NAS-IP-Address of 5 octets", packet => WithName(packet, RadiusAttributeType.NasIpAddress, [127, 0, 0, 1, 0]), "403"),
        ("NAS-IPv6-Address of another", packet => WithName(packet, RadiusAttributeType.NasIPv6Address, System.Net.IPAddress.Parse("2001:db8::9").GetAddressBytes()), "403"),
        ("another NAS, and nobody", packet => packet.NasIdentifier = "another", "403"),
        ("Operator-NAS-Identifier and Operator-Name", Operator, Ack),
        ("Proxy-State", packet => WithName(packet, RadiusAttributeType.ProxyState, [1]), Ack),
        ("State where nothing is changed", packet => WithName(packet, RadiusAttributeType.ReplyMessage, "Hello"u8.ToArray()), Ack),
    ];

    public static IEnumerable<(string Name, Action<RadiusPacket> Fill, string Verdict)> Values() =>
    [
        ("nothing to change", _ => { }, Ack),
        ("Session-Timeout", packet => packet.SessionTimeout = 600, Ack),
        ("Session-Timeout of 3 octets", packet => packet.Attributes.Add(RadiusAttributeType.SessionTimeout, [0, 0, 9]), "407"),
        ("Session-Timeout of all ones", packet => packet.SessionTimeout = uint.MaxValue, Ack),
        ("Session-Timeout and an unknown attribute", packet => With(packet, 190, [1]), "401"),
        ("Session-Timeout and an unknown role", packet => With(packet, RadiusAttributeType.FilterId, "nobody-knows"u8.ToArray()), "407"),
        ("Session-Timeout and User-Password", packet => With(packet, RadiusAttributeType.UserPassword, new byte[16]), "401"),
        ("Session-Timeout and Tunnel-Password", packet => With(packet, RadiusAttributeType.TunnelPassword, [0, 0x80, 1, .. new byte[16]]), "401"),
        ("Session-Timeout and NAS-Filter-Rule", packet => With(packet, RadiusAttributeType.NasFilterRule, "permit in ip from any to any"u8.ToArray()), "401"),
        ("Session-Timeout and Egress-VLANID", packet => With(packet, RadiusAttributeType.EgressVlanId, [0x31, 0, 0, 9]), "401"),
        ("Idle-Timeout", packet => packet.IdleTimeout = 60, Ack),
        ("Acct-Interim-Interval", packet => packet.AcctInterimInterval = 300, Ack),
        ("Termination-Action Default", packet => packet.TerminationAction = TerminationAction.Default, Ack),
        ("Termination-Action RADIUS-Request", packet => packet.TerminationAction = TerminationAction.RadiusRequest, Ack),
        ("Termination-Action 2", packet => packet.TerminationAction = (TerminationAction)2, "407"),
        ("Service-Type Framed", packet => packet.ServiceType = ServiceType.Framed, Ack),
        ("Service-Type Login", packet => packet.ServiceType = ServiceType.Login, "405"),
        ("Service-Type of 3 octets", packet => packet.Attributes.Add(RadiusAttributeType.ServiceType, [0, 0, 2]), "407"),
        ("Authorize-Only without State", packet => packet.ServiceType = ServiceType.AuthorizeOnly, "402"),
        ("Framed-Protocol PPP", packet => packet.FramedProtocol = FramedProtocol.Ppp, Ack),
        ("Framed-Protocol 9", packet => packet.FramedProtocol = (FramedProtocol)9, "407"),
        ("State twice", packet => Twice(packet, RadiusAttributeType.State, [1]), "404"),
        ("Event-Timestamp twice", packet => Twice(packet, RadiusAttributeType.EventTimestamp, [0x69, 0xa5, 0x43, 0x80]), "404"),
        ("WISPr rates", packet => packet.Attributes.AddVendor(VendorId.Wispr, WisprAttributeType.BandwidthMaxUp, [0, 1, 0, 0]), Ack),
        ("WISPr rate of 3 octets", packet => packet.Attributes.AddVendor(VendorId.Wispr, WisprAttributeType.BandwidthMaxUp, [0, 1, 0]), "407"),
        ("WISPr end that is no time", packet => packet.Attributes.AddVendor(VendorId.Wispr, WisprAttributeType.SessionTerminateTime, "soon"u8), "407"),
        ("WISPr end", packet => packet.Attributes.AddVendor(VendorId.Wispr, WisprAttributeType.SessionTerminateTime, "2026-03-02T08:30:00"u8), Ack),
        ("WISPr location, which limits nothing", packet => packet.Attributes.AddVendor(VendorId.Wispr, 1, "somewhere"u8), "401"),
        ("MikroTik rate", packet => packet.Attributes.AddVendor(VendorId.Mikrotik, 8, "512k/2M"u8), Ack),
        ("MikroTik rate that is none", packet => packet.Attributes.AddVendor(VendorId.Mikrotik, 8, "fast"u8), "407"),
        ("ChilliSpot quota", packet => packet.Attributes.AddVendor(VendorId.ChilliSpot, 3, [0, 1, 0, 0]), Ack),
        ("Aruba filter", packet => packet.Attributes.AddVendor(VendorId.Aruba, 51, "permit"u8), "401"),
        ("a vendor that nobody knows", packet => packet.Attributes.AddVendor(99999, 1, [1]), "401"),
        ("Vendor-Specific without parts", packet => packet.Attributes.Add(RadiusAttributeType.VendorSpecific, [0, 0, 0x37, 0x2a]), "401"),
        ("Vendor-Specific whose part is too long", packet => packet.Attributes.Add(RadiusAttributeType.VendorSpecific, [0, 0, 0x37, 0x2a, 7, 9, 0]), "401"),
        ("a VLAN", packet => Vlan(packet, 13, "42"), Ack),
        ("a VLAN that cannot be", packet => Vlan(packet, 13, "4095"), "407"),
        ("an L2TP tunnel", packet => Vlan(packet, 3, "42"), "401"),
        ("a VLAN without Tunnel-Type", packet => packet.Attributes.Add(RadiusAttributeType.TunnelPrivateGroupId, "42"u8), "402"),
        ("an extended attribute", packet => packet.Attributes.AddExtended(241, 1, [1]), "401"),
    ];

    public static string OfChange(byte type) => type switch
    {
        RadiusAttributeType.ServiceType or RadiusAttributeType.State or RadiusAttributeType.SessionTimeout or RadiusAttributeType.IdleTimeout or RadiusAttributeType.AcctInterimInterval => Ack,
        RadiusAttributeType.FramedProtocol or RadiusAttributeType.FilterId or RadiusAttributeType.TerminationAction => "407",
        RadiusAttributeType.TunnelMediumType or RadiusAttributeType.TunnelClientEndpoint or RadiusAttributeType.TunnelServerEndpoint or RadiusAttributeType.TunnelPrivateGroupId
            or RadiusAttributeType.TunnelAssignmentId or RadiusAttributeType.TunnelPreference or RadiusAttributeType.TunnelClientAuthId or RadiusAttributeType.TunnelServerAuthId => "402",
        RadiusAttributeType.AcctTerminateCause => "401",
        _ => OfBoth(type),
    };

    public static string OfDisconnect(byte type) => type == RadiusAttributeType.AcctTerminateCause ? Ack : OfBoth(type);

    private static string OfBoth(byte type) => type switch
    {
        RadiusAttributeType.ReplyMessage or RadiusAttributeType.Class or RadiusAttributeType.ProxyState or RadiusAttributeType.OperatorName => Ack,
        RadiusAttributeType.NasIpAddress or RadiusAttributeType.NasIdentifier or RadiusAttributeType.NasIPv6Address => "403",
        RadiusAttributeType.FramedInterfaceId or RadiusAttributeType.FramedIPv6Prefix or RadiusAttributeType.FramedIPv6Address => "407",
        RadiusAttributeType.UserName or RadiusAttributeType.NasPort or RadiusAttributeType.FramedIpAddress or RadiusAttributeType.CalledStationId or RadiusAttributeType.CallingStationId
            or RadiusAttributeType.AcctSessionId or RadiusAttributeType.AcctMultiSessionId or RadiusAttributeType.NasPortId or RadiusAttributeType.ChargeableUserIdentity => "503",

        // An Event-Timestamp of 1970; EAP without Message-Authenticator, and one that is none.
        RadiusAttributeType.EventTimestamp or RadiusAttributeType.EapMessage or RadiusAttributeType.MessageAuthenticator => Silence,
        _ => "401",
    };

    public static string OfEmpty(byte type) => type switch
    {
        RadiusAttributeType.ProxyState => Ack,
        RadiusAttributeType.EapMessage or RadiusAttributeType.MessageAuthenticator => Silence,
        RadiusAttributeType.ExtendedAttribute1 => "401",
        _ => "407",
    };

    private static void Add(RadiusPacket packet, byte type, params string[] texts) => Array.ForEach(texts, text => packet.Attributes.Add(type, Encoding.UTF8.GetBytes(text)));

    private static void Name(RadiusPacket packet, string acctSessionId, string user) => (packet.AcctSessionId, packet.UserName) = (acctSessionId, user);

    private static void Address(RadiusPacket packet, string user, string address) => (packet.UserName, packet.FramedIpAddress) = (user, System.Net.IPAddress.Parse(address));

    private static void Nas(RadiusPacket packet, string identifier) => (packet.UserName, packet.NasIdentifier) = ("bob", identifier);

    private static void NasAddress(RadiusPacket packet, string address) => (packet.UserName, packet.NasIpAddress) = ("bob", System.Net.IPAddress.Parse(address));

    private static void Interface(RadiusPacket packet, byte[] id)
    {
        packet.Attributes.Add(RadiusAttributeType.FramedIPv6Prefix, [0, 64, 0x20, 0x01, 0x0d, 0xb8, 0, 1, 0, 2]);
        packet.Attributes.Add(RadiusAttributeType.FramedInterfaceId, id);
    }

    private static void Operator(RadiusPacket packet)
    {
        packet.UserName = "bob";
        packet.OperatorName = "1example.org";
        packet.Attributes.AddExtended(241, 8, "visited"u8);
    }

    private static void WithName(RadiusPacket packet, byte type, byte[] value)
    {
        packet.UserName = "bob";
        packet.Attributes.Add(type, value);
    }

    private static void With(RadiusPacket packet, byte type, byte[] value)
    {
        packet.SessionTimeout = 600;
        packet.Attributes.Add(type, value);
    }

    private static void Twice(RadiusPacket packet, byte type, byte[] value)
    {
        packet.Attributes.Add(type, value);
        packet.Attributes.Add(type, value);
    }

    private static void Vlan(RadiusPacket packet, uint type, string group)
    {
        AttributeValue.WriteInteger(packet.Attributes.Reserve(RadiusAttributeType.TunnelType, 4), type);
        AttributeValue.WriteInteger(packet.Attributes.Reserve(RadiusAttributeType.TunnelMediumType, 4), 6);
        packet.Attributes.Add(RadiusAttributeType.TunnelPrivateGroupId, Encoding.UTF8.GetBytes(group));
    }
}
