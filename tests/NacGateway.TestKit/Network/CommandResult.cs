namespace NacGateway.TestKit.Network;

/// <summary>How a program that ran to its end has ended.</summary>
/// <param name="Command">What was run.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Everything it wrote, both streams in order of arrival.</param>
public sealed record CommandResult(string Command, int ExitCode, string Output)
{
    /// <summary>The output of a program that ended with 0; throws with it otherwise.</summary>
    public string OrThrow() => ExitCode == 0 ? Output : throw new InvalidOperationException($"{Command} ended with {ExitCode}:\n{Output}");
}
