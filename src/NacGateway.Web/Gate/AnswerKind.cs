namespace NacGateway.Web.Gate;

/// <summary>The answers that come from the gateway itself.</summary>
internal enum AnswerKind
{
    /// <summary>511: sign in first (RFC 6585 section 6).</summary>
    SignIn,

    /// <summary>302 to the portal, for connectivity probes that overlook 511.</summary>
    Redirect,

    /// <summary>503: the gateway has just started and does not know its portal yet.</summary>
    Starting,

    /// <summary>400: the request names no usable destination.</summary>
    NoDestination,

    /// <summary>403: the destination is not allowed.</summary>
    Refused,

    /// <summary>502: the destination cannot be reached.</summary>
    Unreachable,

    /// <summary>504: the destination did not answer in time.</summary>
    TimedOut,
}
