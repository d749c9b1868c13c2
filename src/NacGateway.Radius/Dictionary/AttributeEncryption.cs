namespace NacGateway.Radius.Dictionary;

/// <summary>How an attribute's value is hidden on the wire; the numbers are those of <c>encrypt=</c> in dictionary files.</summary>
public enum AttributeEncryption
{
    /// <summary>It is not.</summary>
    None = 0,

    /// <summary>As User-Password (RFC 2865 section 5.2).</summary>
    UserPassword = 1,

    /// <summary>With a salt, as Tunnel-Password (RFC 2868 section 3.5).</summary>
    Salted = 2,
}
