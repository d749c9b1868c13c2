namespace NacGateway.Core.Policy;

/// <summary>How the value of a vendor's limit is to be read.</summary>
internal enum VendorForm
{
    /// <summary>Integer: a rate in some unit; 0 is unlimited.</summary>
    Rate,

    /// <summary>Text: upload and download rate and what a queue needs besides, which is not used.</summary>
    RatePair,

    /// <summary>Integer: the low 32 bits of a number of octets.</summary>
    Octets,

    /// <summary>Integer: the high 32 bits of a number of octets.</summary>
    Gigawords,

    /// <summary>Text: the instant at which the session ends.</summary>
    EndTime,

    /// <summary>Text: the name of a role.</summary>
    Role,

    /// <summary>A packet filter spelled out, which is not applied here.</summary>
    Filter,
}
