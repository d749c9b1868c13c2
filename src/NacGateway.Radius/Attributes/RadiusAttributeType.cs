namespace NacGateway.Radius.Attributes;

/// <summary>Attribute types of the RADIUS registry under the names that the RFCs give them.</summary>
public static class RadiusAttributeType
{
    /// <summary>User-Name, text (RFC 2865 section 5.1).</summary>
    public const byte UserName = 1;

    /// <summary>User-Password, string (RFC 2865 section 5.2).</summary>
    public const byte UserPassword = 2;

    /// <summary>CHAP-Password, string (RFC 2865 section 5.3).</summary>
    public const byte ChapPassword = 3;

    /// <summary>NAS-IP-Address, ipv4addr (RFC 2865 section 5.4).</summary>
    public const byte NasIpAddress = 4;

    /// <summary>NAS-Port, integer (RFC 2865 section 5.5).</summary>
    public const byte NasPort = 5;

    /// <summary>Service-Type, enum (RFC 2865 section 5.6).</summary>
    public const byte ServiceType = 6;

    /// <summary>Framed-Protocol, enum (RFC 2865 section 5.7).</summary>
    public const byte FramedProtocol = 7;

    /// <summary>Framed-IP-Address, ipv4addr (RFC 2865 section 5.8).</summary>
    public const byte FramedIpAddress = 8;

    /// <summary>Framed-IP-Netmask, ipv4addr (RFC 2865 section 5.9).</summary>
    public const byte FramedIpNetmask = 9;

    /// <summary>Framed-Routing, enum (RFC 2865 section 5.10).</summary>
    public const byte FramedRouting = 10;

    /// <summary>Filter-Id, text (RFC 2865 section 5.11).</summary>
    public const byte FilterId = 11;

    /// <summary>Framed-MTU, integer (RFC 2865 section 5.12).</summary>
    public const byte FramedMtu = 12;

    /// <summary>Framed-Compression, enum (RFC 2865 section 5.13).</summary>
    public const byte FramedCompression = 13;

    /// <summary>Login-IP-Host, ipv4addr (RFC 2865 section 5.14).</summary>
    public const byte LoginIpHost = 14;

    /// <summary>Login-Service, enum (RFC 2865 section 5.15).</summary>
    public const byte LoginService = 15;

    /// <summary>Login-TCP-Port, integer (RFC 2865 section 5.16).</summary>
    public const byte LoginTcpPort = 16;

    /// <summary>Reply-Message, text (RFC 2865 section 5.18).</summary>
    public const byte ReplyMessage = 18;

    /// <summary>Callback-Number, text (RFC 2865 section 5.19).</summary>
    public const byte CallbackNumber = 19;

    /// <summary>Callback-Id, text (RFC 2865 section 5.20).</summary>
    public const byte CallbackId = 20;

    /// <summary>Framed-Route, text (RFC 2865 section 5.22).</summary>
    public const byte FramedRoute = 22;

    /// <summary>State, string (RFC 2865 section 5.24).</summary>
    public const byte State = 24;

    /// <summary>Class, string (RFC 2865 section 5.25).</summary>
    public const byte Class = 25;

    /// <summary>Vendor-Specific, vsa (RFC 2865 section 5.26).</summary>
    public const byte VendorSpecific = 26;

    /// <summary>Session-Timeout, integer (RFC 2865 section 5.27).</summary>
    public const byte SessionTimeout = 27;

    /// <summary>Idle-Timeout, integer (RFC 2865 section 5.28).</summary>
    public const byte IdleTimeout = 28;

    /// <summary>Termination-Action, enum (RFC 2865 section 5.29).</summary>
    public const byte TerminationAction = 29;

    /// <summary>Called-Station-Id, text (RFC 2865 section 5.30).</summary>
    public const byte CalledStationId = 30;

    /// <summary>Calling-Station-Id, text (RFC 2865 section 5.31).</summary>
    public const byte CallingStationId = 31;

    /// <summary>NAS-Identifier, text (RFC 2865 section 5.32).</summary>
    public const byte NasIdentifier = 32;

    /// <summary>Proxy-State, string (RFC 2865 section 5.33).</summary>
    public const byte ProxyState = 33;

    /// <summary>Acct-Status-Type, enum (RFC 2866 section 5.1).</summary>
    public const byte AcctStatusType = 40;

    /// <summary>Acct-Delay-Time, integer (RFC 2866 section 5.2).</summary>
    public const byte AcctDelayTime = 41;

    /// <summary>Acct-Input-Octets, integer (RFC 2866 section 5.3).</summary>
    public const byte AcctInputOctets = 42;

    /// <summary>Acct-Output-Octets, integer (RFC 2866 section 5.4).</summary>
    public const byte AcctOutputOctets = 43;

    /// <summary>Acct-Session-Id, text (RFC 2866 section 5.5).</summary>
    public const byte AcctSessionId = 44;

    /// <summary>Acct-Authentic, enum (RFC 2866 section 5.6).</summary>
    public const byte AcctAuthentic = 45;

    /// <summary>Acct-Session-Time, integer (RFC 2866 section 5.7).</summary>
    public const byte AcctSessionTime = 46;

    /// <summary>Acct-Input-Packets, integer (RFC 2866 section 5.8).</summary>
    public const byte AcctInputPackets = 47;

    /// <summary>Acct-Output-Packets, integer (RFC 2866 section 5.9).</summary>
    public const byte AcctOutputPackets = 48;

    /// <summary>Acct-Terminate-Cause, enum (RFC 2866 section 5.10).</summary>
    public const byte AcctTerminateCause = 49;

    /// <summary>Acct-Multi-Session-Id, text (RFC 2866 section 5.11).</summary>
    public const byte AcctMultiSessionId = 50;

    /// <summary>Acct-Link-Count, integer (RFC 2866 section 5.12).</summary>
    public const byte AcctLinkCount = 51;

    /// <summary>Acct-Input-Gigawords, integer (RFC 2869 section 5.1).</summary>
    public const byte AcctInputGigawords = 52;

    /// <summary>Acct-Output-Gigawords, integer (RFC 2869 section 5.2).</summary>
    public const byte AcctOutputGigawords = 53;

    /// <summary>Event-Timestamp, time (RFC 2869 section 5.3).</summary>
    public const byte EventTimestamp = 55;

    /// <summary>Egress-VLANID, integer (RFC 4675 section 2.1).</summary>
    public const byte EgressVlanId = 56;

    /// <summary>Ingress-Filters, enum (RFC 4675 section 2.2).</summary>
    public const byte IngressFilters = 57;

    /// <summary>Egress-VLAN-Name, text (RFC 4675 section 2.3).</summary>
    public const byte EgressVlanName = 58;

    /// <summary>User-Priority-Table, string (RFC 4675 section 2.4).</summary>
    public const byte UserPriorityTable = 59;

    /// <summary>CHAP-Challenge, string (RFC 2865 section 5.40).</summary>
    public const byte ChapChallenge = 60;

    /// <summary>NAS-Port-Type, enum (RFC 2865 section 5.41).</summary>
    public const byte NasPortType = 61;

    /// <summary>Port-Limit, integer (RFC 2865 section 5.42).</summary>
    public const byte PortLimit = 62;

    /// <summary>Tunnel-Type, enum (RFC 2868 section 3.1).</summary>
    public const byte TunnelType = 64;

    /// <summary>Tunnel-Medium-Type, enum (RFC 2868 section 3.2).</summary>
    public const byte TunnelMediumType = 65;

    /// <summary>Tunnel-Client-Endpoint, text (RFC 2868 section 3.3).</summary>
    public const byte TunnelClientEndpoint = 66;

    /// <summary>Tunnel-Server-Endpoint, text (RFC 2868 section 3.4).</summary>
    public const byte TunnelServerEndpoint = 67;

    /// <summary>Acct-Tunnel-Connection, text (RFC 2867 section 4.1).</summary>
    public const byte AcctTunnelConnection = 68;

    /// <summary>Tunnel-Password, string (RFC 2868 section 3.5).</summary>
    public const byte TunnelPassword = 69;

    /// <summary>Password-Retry, integer (RFC 2869 section 5.9).</summary>
    public const byte PasswordRetry = 75;

    /// <summary>Prompt, enum (RFC 2869 section 5.10).</summary>
    public const byte Prompt = 76;

    /// <summary>Connect-Info, text (RFC 2869 section 5.11).</summary>
    public const byte ConnectInfo = 77;

    /// <summary>Configuration-Token, text (RFC 2869 section 5.12).</summary>
    public const byte ConfigurationToken = 78;

    /// <summary>EAP-Message, concat (RFC 3579 section 3.1).</summary>
    public const byte EapMessage = 79;

    /// <summary>Message-Authenticator, string (RFC 3579 section 3.2).</summary>
    public const byte MessageAuthenticator = 80;

    /// <summary>Tunnel-Private-Group-ID, text (RFC 2868 section 3.6).</summary>
    public const byte TunnelPrivateGroupId = 81;

    /// <summary>Tunnel-Assignment-ID, text (RFC 2868 section 3.7).</summary>
    public const byte TunnelAssignmentId = 82;

    /// <summary>Tunnel-Preference, integer (RFC 2868 section 3.8).</summary>
    public const byte TunnelPreference = 83;

    /// <summary>Acct-Interim-Interval, integer (RFC 2869 section 5.16).</summary>
    public const byte AcctInterimInterval = 85;

    /// <summary>Acct-Tunnel-Packets-Lost, integer (RFC 2867 section 4.2).</summary>
    public const byte AcctTunnelPacketsLost = 86;

    /// <summary>NAS-Port-Id, text (RFC 2869 section 5.17).</summary>
    public const byte NasPortId = 87;

    /// <summary>Framed-Pool, text (RFC 2869 section 5.18).</summary>
    public const byte FramedPool = 88;

    /// <summary>Chargeable-User-Identity, string (RFC 4372 section 2.2).</summary>
    public const byte ChargeableUserIdentity = 89;

    /// <summary>Tunnel-Client-Auth-ID, text (RFC 2868 section 3.9).</summary>
    public const byte TunnelClientAuthId = 90;

    /// <summary>Tunnel-Server-Auth-ID, text (RFC 2868 section 3.10).</summary>
    public const byte TunnelServerAuthId = 91;

    /// <summary>NAS-Filter-Rule, text (RFC 4849 section 2).</summary>
    public const byte NasFilterRule = 92;

    /// <summary>Originating-Line-Info, string (RFC 4005 section 4.9).</summary>
    public const byte OriginatingLineInfo = 94;

    /// <summary>NAS-IPv6-Address, ipv6addr (RFC 3162 section 2.1).</summary>
    public const byte NasIPv6Address = 95;

    /// <summary>Framed-Interface-Id, ifid (RFC 3162 section 2.2).</summary>
    public const byte FramedInterfaceId = 96;

    /// <summary>Framed-IPv6-Prefix, ipv6prefix (RFC 3162 section 2.3).</summary>
    public const byte FramedIPv6Prefix = 97;

    /// <summary>Login-IPv6-Host, ipv6addr (RFC 3162 section 2.4).</summary>
    public const byte LoginIPv6Host = 98;

    /// <summary>Framed-IPv6-Route, text (RFC 3162 section 2.5).</summary>
    public const byte FramedIPv6Route = 99;

    /// <summary>Framed-IPv6-Pool, text (RFC 3162 section 2.6).</summary>
    public const byte FramedIPv6Pool = 100;

    /// <summary>Error-Cause, enum (RFC 5176 section 3.5).</summary>
    public const byte ErrorCause = 101;

    /// <summary>EAP-Key-Name, string (RFC 4072 section 2.5).</summary>
    public const byte EapKeyName = 102;

    /// <summary>Digest-Response, text (RFC 5090 section 3.1).</summary>
    public const byte DigestResponse = 103;

    /// <summary>Digest-Realm, text (RFC 5090 section 3.2).</summary>
    public const byte DigestRealm = 104;

    /// <summary>Digest-Nonce, text (RFC 5090 section 3.3).</summary>
    public const byte DigestNonce = 105;

    /// <summary>Digest-Response-Auth, text (RFC 5090 section 3.4).</summary>
    public const byte DigestResponseAuth = 106;

    /// <summary>Digest-Nextnonce, text (RFC 5090 section 3.5).</summary>
    public const byte DigestNextnonce = 107;

    /// <summary>Digest-Method, text (RFC 5090 section 3.6).</summary>
    public const byte DigestMethod = 108;

    /// <summary>Digest-URI, text (RFC 5090 section 3.7).</summary>
    public const byte DigestUri = 109;

    /// <summary>Digest-Qop, text (RFC 5090 section 3.8).</summary>
    public const byte DigestQop = 110;

    /// <summary>Digest-Algorithm, text (RFC 5090 section 3.9).</summary>
    public const byte DigestAlgorithm = 111;

    /// <summary>Digest-Entity-Body-Hash, text (RFC 5090 section 3.10).</summary>
    public const byte DigestEntityBodyHash = 112;

    /// <summary>Digest-CNonce, text (RFC 5090 section 3.11).</summary>
    public const byte DigestCNonce = 113;

    /// <summary>Digest-Nonce-Count, text (RFC 5090 section 3.12).</summary>
    public const byte DigestNonceCount = 114;

    /// <summary>Digest-Username, text (RFC 5090 section 3.13).</summary>
    public const byte DigestUsername = 115;

    /// <summary>Digest-Opaque, text (RFC 5090 section 3.14).</summary>
    public const byte DigestOpaque = 116;

    /// <summary>Digest-Auth-Param, text (RFC 5090 section 3.15).</summary>
    public const byte DigestAuthParam = 117;

    /// <summary>Digest-AKA-Auts, text (RFC 5090 section 3.16).</summary>
    public const byte DigestAkaAuts = 118;

    /// <summary>Digest-Domain, text (RFC 5090 section 3.17).</summary>
    public const byte DigestDomain = 119;

    /// <summary>Digest-Stale, text (RFC 5090 section 3.18).</summary>
    public const byte DigestStale = 120;

    /// <summary>Digest-HA1, text (RFC 5090 section 3.19).</summary>
    public const byte DigestHa1 = 121;

    /// <summary>SIP-AOR, text (RFC 5090 section 3.20).</summary>
    public const byte SipAor = 122;

    /// <summary>Delegated-IPv6-Prefix, ipv6prefix (RFC 4818 section 3).</summary>
    public const byte DelegatedIPv6Prefix = 123;

    /// <summary>Operator-Name, text (RFC 5580 section 4.1).</summary>
    public const byte OperatorName = 126;

    /// <summary>Framed-Management-Protocol, enum (RFC 5607 section 6.1).</summary>
    public const byte FramedManagementProtocol = 133;

    /// <summary>Management-Transport-Protection, enum (RFC 5607 section 6.2).</summary>
    public const byte ManagementTransportProtection = 134;

    /// <summary>Management-Policy-Id, text (RFC 5607 section 6.3).</summary>
    public const byte ManagementPolicyId = 135;

    /// <summary>Management-Privilege-Level, integer (RFC 5607 section 6.4).</summary>
    public const byte ManagementPrivilegeLevel = 136;

    /// <summary>Framed-IPv6-Address, ipv6addr (RFC 6911 section 3.1).</summary>
    public const byte FramedIPv6Address = 168;

    /// <summary>DNS-Server-IPv6-Address, ipv6addr (RFC 6911 section 3.2).</summary>
    public const byte DnsServerIPv6Address = 169;

    /// <summary>Extended-Attribute-1, extended (RFC 6929 section 3.1).</summary>
    public const byte ExtendedAttribute1 = 241;

    /// <summary>Extended-Attribute-2, extended (RFC 6929 section 3.2).</summary>
    public const byte ExtendedAttribute2 = 242;

    /// <summary>Extended-Attribute-3, extended (RFC 6929 section 3.3).</summary>
    public const byte ExtendedAttribute3 = 243;

    /// <summary>Extended-Attribute-4, extended (RFC 6929 section 3.4).</summary>
    public const byte ExtendedAttribute4 = 244;

    /// <summary>Extended-Attribute-5, long-extended (RFC 6929 section 3.5).</summary>
    public const byte ExtendedAttribute5 = 245;

    /// <summary>Extended-Attribute-6, long-extended (RFC 6929 section 3.6).</summary>
    public const byte ExtendedAttribute6 = 246;
}
