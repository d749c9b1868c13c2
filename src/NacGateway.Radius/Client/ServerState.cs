namespace NacGateway.Radius.Client;

/// <summary>What is thought of one server address and port (RFC 5997 section 4.3: each is a server of its own).</summary>
public enum ServerState
{
    /// <summary>It answers, or nothing speaks against it yet.</summary>
    Alive = 0,

    /// <summary>The last request found no answer. It is still asked in its turn, and another one soon after it.</summary>
    Suspect,

    /// <summary>Several requests over some seconds found no answer. It is asked when no other is left.</summary>
    Dead,

    /// <summary>It answers again after it was dead, and must go on doing so before it is trusted.</summary>
    Probing,
}
