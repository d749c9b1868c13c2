namespace NacGateway.Core.Sessions;

/// <summary>
/// Asks, when a session has come to its Session-Timeout, whether it may go on (Termination-Action, RFC 2865 section 5.29). Whoever can
/// ask servers implements it.
/// </summary>
public interface ISessionRenewal
{
    /// <summary>Begins to ask, unless that is under way; never waits. The session goes on or ends by itself.</summary>
    void Begin(ActiveSession session);
}
