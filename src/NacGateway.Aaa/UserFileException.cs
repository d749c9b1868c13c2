namespace NacGateway.Aaa;

/// <summary>A users file that cannot be used; the message names the place and the remedy.</summary>
public sealed class UserFileException : Exception
{
    /// <summary>Without details.</summary>
    public UserFileException()
        : this("The users file cannot be used.")
    {
    }

    /// <summary>With place and remedy.</summary>
    public UserFileException(string message)
        : base(message)
    {
    }

    /// <summary>With place, remedy and cause.</summary>
    public UserFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
