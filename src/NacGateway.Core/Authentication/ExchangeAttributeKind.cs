namespace NacGateway.Core.Authentication;

/// <summary>How an attribute is written down; <see cref="Hidden"/> is a flag beside the others. The numbers are in the database.</summary>
[Flags]
internal enum ExchangeAttributeKind
{
    None = 0,

    /// <summary>Type, length and value as on the wire.</summary>
    Plain = 1,

    /// <summary>One attribute of a vendor.</summary>
    Vendor = 2,

    /// <summary>Its value was left out.</summary>
    Hidden = 0x80,
}
