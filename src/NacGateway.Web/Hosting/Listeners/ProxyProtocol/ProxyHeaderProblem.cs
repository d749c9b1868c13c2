namespace NacGateway.Web.Hosting.Listeners.ProxyProtocol;

/// <summary>Why a proxy's connection is closed; the values of a metric's tag.</summary>
internal enum ProxyHeaderProblem
{
    /// <summary>It ended before its first octet, as a plain check of a port does.</summary>
    Empty,

    /// <summary>It ended within the header.</summary>
    Truncated,

    /// <summary>What it began with is no header.</summary>
    Garbage,

    /// <summary>The header did not come in time.</summary>
    Late,
}
