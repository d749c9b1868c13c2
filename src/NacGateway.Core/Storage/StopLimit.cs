namespace NacGateway.Core.Storage;

/// <summary>
/// How long a part of the gateway may take for what it does last. The host's own token says nothing of that: it is one for all, and
/// whoever stops first and waits for its clients may have used it up before anything was recorded.
/// </summary>
internal static class StopLimit
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>Begins the time of one part, by the machine's clock: whoever stops the process waits by that.</summary>
    public static CancellationTokenSource Begin() => new(s_limit);
}
