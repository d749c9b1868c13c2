namespace NacGateway.Aaa.Scenarios;

/// <summary>A scenario or a trace that cannot be used; the message names the place and the remedy.</summary>
public sealed class ScenarioException : Exception
{
    /// <summary>Without details.</summary>
    public ScenarioException()
        : this("The scenario cannot be used.")
    {
    }

    /// <summary>With place and remedy.</summary>
    public ScenarioException(string message)
        : base(message)
    {
    }

    /// <summary>With place, remedy and cause.</summary>
    public ScenarioException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
