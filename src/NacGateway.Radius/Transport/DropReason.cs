namespace NacGateway.Radius.Transport;

/// <summary>Why a datagram was dropped and read past. Each has its own count.</summary>
public enum DropReason
{
    /// <summary>Its framing is wrong (RFC 2865 section 3).</summary>
    Malformed = 0,

    /// <summary>No request with its Identifier waits for an answer: late, repeated or forged.</summary>
    UnknownIdentifier,

    /// <summary>Its code cannot answer the request.</summary>
    WrongCode,

    /// <summary>Its Response Authenticator is wrong: another secret, or a forgery.</summary>
    WrongAuthenticator,

    /// <summary>Its Message-Authenticator is wrong, doubled, of a wrong length, or missing beside EAP.</summary>
    WrongMessageAuthenticator,

    /// <summary>It has no Message-Authenticator, and the setting requires one.</summary>
    MissingMessageAuthenticator,

    /// <summary>It came from an address that no setting names.</summary>
    UnknownSource,

    /// <summary>Too many requests are being handled.</summary>
    Overload,

    /// <summary>It is an authentic answer to a request that nobody waits for any more.</summary>
    Late,
}
