namespace NacGateway.Radius.Packets;

/// <summary>Packet codes of the RADIUS header (RFC 2865 section 3, RFC 2866 section 3, RFC 5176 section 2.3, RFC 5997 section 3, RFC 7930 section 4).</summary>
public enum RadiusCode : byte
{
    /// <summary>No code; never valid on the wire.</summary>
    None = 0,

    /// <summary>RFC 2865 section 4.1.</summary>
    AccessRequest = 1,

    /// <summary>RFC 2865 section 4.2.</summary>
    AccessAccept = 2,

    /// <summary>RFC 2865 section 4.3.</summary>
    AccessReject = 3,

    /// <summary>RFC 2866 section 4.1.</summary>
    AccountingRequest = 4,

    /// <summary>RFC 2866 section 4.2.</summary>
    AccountingResponse = 5,

    /// <summary>RFC 2865 section 4.4.</summary>
    AccessChallenge = 11,

    /// <summary>RFC 5997 section 3.</summary>
    StatusServer = 12,

    /// <summary>Reserved by RFC 2865 section 3; printed, never sent.</summary>
    StatusClient = 13,

    /// <summary>RFC 5176 section 2.1.</summary>
    DisconnectRequest = 40,

    /// <summary>RFC 5176 section 2.1.</summary>
    DisconnectAck = 41,

    /// <summary>RFC 5176 section 2.1.</summary>
    DisconnectNak = 42,

    /// <summary>RFC 5176 section 2.2.</summary>
    CoaRequest = 43,

    /// <summary>RFC 5176 section 2.2.</summary>
    CoaAck = 44,

    /// <summary>RFC 5176 section 2.2.</summary>
    CoaNak = 45,

    /// <summary>RFC 7930 section 4.</summary>
    ProtocolError = 52,
}
