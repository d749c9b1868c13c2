namespace NacGateway.Web.Tests.Gate.Probes;

/// <summary>What a client makes of the answer to its connectivity probe.</summary>
internal enum Verdict
{
    /// <summary>The network is open.</summary>
    Online,

    /// <summary>There is a portal: the client shows its sign-in prompt.</summary>
    Portal,

    /// <summary>The network is broken: the client shows nothing.</summary>
    Failed,

    /// <summary>The client's source is closed, and nobody has shown what it does.</summary>
    Unproven,
}
