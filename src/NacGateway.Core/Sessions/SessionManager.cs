namespace NacGateway.Core.Sessions;

/// <summary>Owns the life of a session: Open, Change and Close are the only three writers, and each is durable before it returns.</summary>
public sealed class SessionManager
{
    /// <summary>Ends a session. Returns false when it was not open.</summary>
    public Task<bool> CloseAsync(string acctSessionId, AcctTerminateCause cause, CancellationToken cancellationToken) => throw new NotImplementedException();
}
