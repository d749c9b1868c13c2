namespace NacGateway.Core.Enforcement;

/// <summary>The kernel cannot be asked, or refuses: the message says what is missing and the remedy.</summary>
public sealed class EnforcementException : Exception
{
    public EnforcementException()
    {
    }

    public EnforcementException(string message)
        : base(message)
    {
    }

    public EnforcementException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
