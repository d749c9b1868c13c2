namespace NacGateway.Core.Storage;

/// <summary>Another process is this gateway already, so this one must not be it. The message names the remedy.</summary>
public sealed class GatewayRunsException : Exception
{
    /// <summary>With the usual message.</summary>
    public GatewayRunsException()
        : this("Another gateway runs on this database.")
    {
    }

    /// <summary>With a message of its own.</summary>
    public GatewayRunsException(string message)
        : base(message)
    {
    }

    /// <summary>With a message of its own and the cause.</summary>
    public GatewayRunsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
