namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>What became of a batch of commands.</summary>
/// <param name="IsDone">Whether all of it was done; otherwise none of it was.</param>
/// <param name="Output">What was listed.</param>
/// <param name="Error">What the kernel or the library had against it, for people.</param>
internal sealed record NftAnswer(bool IsDone, string Output, string Error)
{
    /// <summary>The error's first line: behind it the library repeats the command.</summary>
    public string Reason => Error.Split('\n', 2)[0].Trim();
}
