namespace NacGateway.Harness;

/// <summary>The command cannot be carried out as it was given; the message names what is wrong and the remedy, and holds no secret.</summary>
internal sealed class UsageException : Exception
{
    public UsageException()
        : this("The command cannot be carried out as given.")
    {
    }

    public UsageException(string message)
        : base(message)
    {
    }

    public UsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
