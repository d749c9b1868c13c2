namespace NacGateway.Core.Storage;

/// <summary>The database could not record a change, so it was not made. For callers whose answer has no room for that case.</summary>
public sealed class StorageUnavailableException : Exception
{
    /// <summary>With the usual message.</summary>
    public StorageUnavailableException()
        : this("The database cannot be written to: it is locked, full or gone. See the log; Storage:ConnectionString names it.")
    {
    }

    /// <summary>With a message of its own.</summary>
    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With a message of its own and the cause.</summary>
    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
