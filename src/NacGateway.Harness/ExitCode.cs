namespace NacGateway.Harness;

/// <summary>What the process tells its caller; scripts rely on these.</summary>
internal static class ExitCode
{
    /// <summary>The outcome is the one that was expected.</summary>
    public const int Expected = 0;

    /// <summary>There is an outcome, and it is another: a reject, a packet that is malformed or not authentic.</summary>
    public const int Unexpected = 1;

    /// <summary>Wrong usage, or surroundings that do not allow it, such as a port in use or a disk that is full.</summary>
    public const int Usage = 2;

    /// <summary>No answer that may be believed.</summary>
    public const int NoAnswer = 3;
}
