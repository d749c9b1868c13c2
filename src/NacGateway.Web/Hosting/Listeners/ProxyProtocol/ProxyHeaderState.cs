namespace NacGateway.Web.Hosting.Listeners.ProxyProtocol;

/// <summary>What the first octets of a connection are.</summary>
internal enum ProxyHeaderState
{
    /// <summary>The beginning of a header; more must come.</summary>
    Partial,

    /// <summary>A whole header.</summary>
    Whole,

    /// <summary>No header, whatever comes.</summary>
    Wrong,
}
