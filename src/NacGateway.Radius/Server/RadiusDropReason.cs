namespace NacGateway.Radius.Server;

/// <summary>Why a server dropped a datagram without an answer; each has its own counter.</summary>
public enum RadiusDropReason
{
    /// <summary>No client has this source address (RFC 2865 section 3).</summary>
    UnknownSource = 0,

    /// <summary>The framing is wrong.</summary>
    Malformed,

    /// <summary>The code is not that of a request.</summary>
    UnexpectedCode,

    /// <summary>A Message-Authenticator is required and missing (RFC 3579 section 3.2, RFC 5997 section 3).</summary>
    MissingMessageAuthenticator,

    /// <summary>A digest is wrong: another secret, or a forgery.</summary>
    Unverified,

    /// <summary>A retransmission of a request that is still being handled (RFC 5080 section 2.2.2).</summary>
    DuplicateInProgress,

    /// <summary>As many requests as allowed are being handled.</summary>
    Overloaded,

    /// <summary>The handler failed, or what looks at the request before it.</summary>
    HandlerFailed,

    /// <summary>The handler chose not to answer.</summary>
    NotAnswered,
}
