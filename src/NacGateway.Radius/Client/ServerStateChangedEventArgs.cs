namespace NacGateway.Radius.Client;

/// <summary>A server's state became another.</summary>
/// <param name="server">The server.</param>
/// <param name="from">The state before.</param>
/// <param name="to">The state now.</param>
/// <param name="reason">Why, in words, such as "no answer within 1.0 s"; holds nothing secret.</param>
public sealed class ServerStateChangedEventArgs(RadiusServerSettings server, ServerState from, ServerState to, string reason) : EventArgs
{
    /// <summary>The server.</summary>
    public RadiusServerSettings Server { get; } = server;

    /// <summary>The state before.</summary>
    public ServerState From { get; } = from;

    /// <summary>The state now.</summary>
    public ServerState To { get; } = to;

    /// <summary>Why, in words, such as "no answer within 1.0 s"; holds nothing secret.</summary>
    public string Reason { get; } = reason;
}
