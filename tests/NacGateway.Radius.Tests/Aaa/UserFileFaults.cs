using NacGateway.Aaa;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa;

/// <summary>What every wrong users file has in common, whatever its format: the message names file and line, the problem and the remedy, and no password.</summary>
internal static class UserFileFaults
{
    /// <summary>The file at <paramref name="path"/> is refused for <paramref name="problem"/> at <paramref name="line"/>.</summary>
    public static void AssertRefused(string path, int line, string problem, string remedy)
    {
        var message = Assert.Throws<UserFileException>(() => UserDirectory.Load(path)).Message;

        Assert.StartsWith($"{path}:{line}: ", message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", message, StringComparison.Ordinal);
    }
}
