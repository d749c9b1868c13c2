namespace NacGateway.Radius.Dictionary;

/// <summary>A dictionary file says something that cannot be understood; the message starts with file and line.</summary>
public sealed class DictionaryFormatException : FormatException
{
    /// <summary>An error without a place.</summary>
    public DictionaryFormatException()
    {
    }

    /// <summary>An error without a place.</summary>
    /// <param name="message">What is wrong.</param>
    public DictionaryFormatException(string message)
        : base(message)
    {
    }

    /// <summary>An error without a place.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What caused it.</param>
    public DictionaryFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error at a line.</summary>
    /// <param name="file">The file as it was named.</param>
    /// <param name="line">Its line, from 1.</param>
    /// <param name="message">What is wrong.</param>
    public DictionaryFormatException(string file, int line, string message)
        : base($"{file}:{line}: {message}")
    {
        File = file;
        Line = line;
    }

    /// <summary>The file, or empty.</summary>
    public string File { get; } = "";

    /// <summary>The line, from 1, or 0.</summary>
    public int Line { get; }
}
