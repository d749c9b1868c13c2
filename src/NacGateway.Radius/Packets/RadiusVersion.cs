namespace NacGateway.Radius.Packets;

/// <summary>Which protocol a packet is of: they share the layout and differ in what the header's fields mean and in whether attributes are hidden.</summary>
public enum RadiusVersion
{
    /// <summary>RFC 2865: Identifier, authenticators, attributes hidden with the shared secret.</summary>
    Radius10 = 0,

    /// <summary>RADIUS/1.1 (RFC 9765), inside TLS 1.3 only: a Token instead of the Identifier, no authenticators, nothing hidden.</summary>
    Radius11,
}
