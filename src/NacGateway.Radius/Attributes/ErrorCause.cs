namespace NacGateway.Radius.Attributes;

/// <summary>Values of Error-Cause (RFC 5176 section 3.5, RFC 7930 section 4).</summary>
public enum ErrorCause : uint
{
    /// <summary>Not a cause.</summary>
    None = 0,

    /// <summary>Disconnect-ACK only: a rest of the session was removed.</summary>
    ResidualSessionContextRemoved = 201,

    /// <summary>Kept by EAP servers, never sent by a NAS.</summary>
    InvalidEapPacket = 202,

    /// <summary>An attribute of the request is not supported.</summary>
    UnsupportedAttribute = 401,

    /// <summary>An attribute is missing.</summary>
    MissingAttribute = 402,

    /// <summary>The request names another NAS.</summary>
    NasIdentificationMismatch = 403,

    /// <summary>Some other part of the request is invalid.</summary>
    InvalidRequest = 404,

    /// <summary>CoA only: the Service-Type is not supported.</summary>
    UnsupportedService = 405,

    /// <summary>The receiver does not do this kind of request.</summary>
    UnsupportedExtension = 406,

    /// <summary>An attribute has a value that is not allowed.</summary>
    InvalidAttributeValue = 407,

    /// <summary>Policy forbids it.</summary>
    AdministrativelyProhibited = 501,

    /// <summary>Proxies only.</summary>
    RequestNotRoutable = 502,

    /// <summary>No session matches.</summary>
    SessionContextNotFound = 503,

    /// <summary>The session was found and cannot be ended.</summary>
    SessionContextNotRemovable = 504,

    /// <summary>Proxies only.</summary>
    OtherProxyProcessingError = 505,

    /// <summary>No resources at the moment.</summary>
    ResourcesUnavailable = 506,

    /// <summary>An Access-Request for the session is on its way (Authorize-Only).</summary>
    RequestInitiated = 507,

    /// <summary>Several sessions match and that is not supported.</summary>
    MultipleSessionSelectionUnsupported = 508,

    /// <summary>An Access-Request had no Message-Authenticator (draft-ietf-radext-deprecating-radius section 12).</summary>
    MissingMessageAuthenticator = 510,

    /// <summary>The reply does not fit the packet.</summary>
    ResponseTooBig = 601,
}
