namespace NacGateway.Harness.Sending;

/// <summary>A way to one server. One exchange at a time; several at once take several askers.</summary>
internal interface IAsker : IAsyncDisposable
{
    /// <summary>The server, for people.</summary>
    string Peer { get; }

    /// <summary>Sends a request, again where that is due, and waits for a reply that may be believed.</summary>
    Task<SendStep> AskAsync(IOutgoing request, CancellationToken cancellationToken);
}
