namespace NacGateway.Core.Sessions;

/// <summary>Waits until what ran through ended sessions is cut, so that who is told "ended" is told the truth (RFC 5176 section 2.1).</summary>
internal static class SessionCut
{
    /// <summary>How long at most: open connections are told already, and a slow one does not make the end undone.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    public static async Task WaitAsync(IEnumerable<ActiveSession> ended, TimeProvider time)
    {
        try
        {
            await Task.WhenAll(ended.Select(session => session.End.WhenCut)).WaitAsync(s_patience, time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or AggregateException)
        {
            // What could not be cut in order is closed by the gate's own limits; the session is over.
        }
    }

    /// <summary>Waits until the network is open for a session that has begun, so that whoever is told "signed in" is told the truth.</summary>
    public static async Task WaitForOpeningAsync(ActiveSession session, TimeProvider time)
    {
        try
        {
            await session.End.WhenEnforced.WaitAsync(s_patience, time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It is signed in all the same, and what enforces tells of its own trouble.
        }
    }

    /// <summary>Waits until the octets of sessions that are about to end are known, so that their Stop tells them.</summary>
    public static async Task WaitForOctetsAsync(SessionTable table, IEnumerable<string> acctSessionIds, TimeProvider time)
    {
        if (table.LastOctets is not { } ask)
        {
            return;
        }

        try
        {
            await ask(acctSessionIds).WaitAsync(s_patience, time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Those of the last pass count; a session does not go on because the kernel is slow.
        }
    }
}
