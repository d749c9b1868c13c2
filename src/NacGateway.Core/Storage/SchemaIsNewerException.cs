namespace NacGateway.Core.Storage;

/// <summary>The database has the schema of a later version, so this one must leave it alone. The message names the remedy.</summary>
public sealed class SchemaIsNewerException : Exception
{
    /// <summary>With the usual message.</summary>
    public SchemaIsNewerException()
        : this("The database has the schema of a later version.")
    {
    }

    /// <summary>With a message of its own.</summary>
    public SchemaIsNewerException(string message)
        : base(message)
    {
    }

    /// <summary>With a message of its own and the cause.</summary>
    public SchemaIsNewerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
