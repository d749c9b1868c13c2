namespace NacGateway.Radius.Attributes;

/// <summary>Attribute types of vendor 311 (RFC 2548).</summary>
public static class MicrosoftAttributeType
{
    /// <summary>MS-CHAP-Response, 50 octets (section 2.1.3).</summary>
    public const byte ChapResponse = 1;

    /// <summary>MS-CHAP-Error, ident and text (section 2.1.5).</summary>
    public const byte ChapError = 2;

    /// <summary>MS-MPPE-Encryption-Policy, integer (section 2.4.4).</summary>
    public const byte MppeEncryptionPolicy = 7;

    /// <summary>MS-MPPE-Encryption-Types, integer (section 2.4.5).</summary>
    public const byte MppeEncryptionTypes = 8;

    /// <summary>MS-CHAP-Domain, ident and text (section 2.1.4).</summary>
    public const byte ChapDomain = 10;

    /// <summary>MS-CHAP-Challenge, 8 octets for MS-CHAP and 16 for MS-CHAPv2 (section 2.1.2).</summary>
    public const byte ChapChallenge = 11;

    /// <summary>MS-CHAP-MPPE-Keys, 32 octets, hidden like User-Password (section 2.4.1).</summary>
    public const byte ChapMppeKeys = 12;

    /// <summary>MS-MPPE-Send-Key, salted (section 2.4.2).</summary>
    public const byte MppeSendKey = 16;

    /// <summary>MS-MPPE-Recv-Key, salted (section 2.4.3).</summary>
    public const byte MppeRecvKey = 17;

    /// <summary>MS-CHAP2-Response, 50 octets (section 2.3.2).</summary>
    public const byte Chap2Response = 25;

    /// <summary>MS-CHAP2-Success, ident and 42 octets (section 2.3.3).</summary>
    public const byte Chap2Success = 26;

    /// <summary>MS-CHAP2-CPW, 68 octets (section 2.3.4).</summary>
    public const byte Chap2Cpw = 27;
}
