namespace NacGateway.Web.Gate.Forwarding;

/// <summary>Why the gate does not forward; the values of a metric's tag.</summary>
internal enum RefusalReason
{
    /// <summary>The guard does not open the address.</summary>
    Address,

    /// <summary>The roles of the session do not open it.</summary>
    Role,

    /// <summary>CONNECT to a port that is not in Gate:TunnelPorts.</summary>
    Port,

    /// <summary>The request has been through this gate before.</summary>
    Loop,

    /// <summary>The target names no host that could be asked for.</summary>
    Target,

    /// <summary>The body's length can be read in two ways.</summary>
    Framing,
}
