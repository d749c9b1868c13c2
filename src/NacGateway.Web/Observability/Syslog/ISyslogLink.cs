namespace NacGateway.Web.Observability.Syslog;

/// <summary>A way to the server that is open, for one sender.</summary>
internal interface ISyslogLink : IAsyncDisposable
{
    /// <summary>Whether the other side has ended it: what is written into it would be lost.</summary>
    bool IsBroken { get; }

    /// <summary>Sends one message.</summary>
    /// <exception cref="IOException">It could not be sent.</exception>
    Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}
