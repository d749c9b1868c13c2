using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Crypto;

/// <summary>A rule on the text of the sources: what no run of the code can show.</summary>
public sealed class ConstantTimeTests
{
    /// <summary>SequenceEqual stops at the first octet that differs, which tells a forger how far he has come.</summary>
    [Theory]
    [InlineData("Authenticators.cs", true)]
    [InlineData("ChapPassword.cs", true)]
    [InlineData("MsChapV2.cs", true)]
    [InlineData("*.cs", false)]
    [Requirement("RID-12")]
    public void Digests_are_compared_in_constant_time(string files, bool compares)
    {
        string[] sources = [.. Directory.GetFiles(Path.Combine(Repository.Root, "src", "NacGateway.Radius", "Crypto"), files).Select(File.ReadAllText)];

        Assert.NotEmpty(sources);
        Assert.DoesNotContain(sources, source => source.Contains("SequenceEqual", StringComparison.Ordinal) || source.Contains("SequenceCompareTo", StringComparison.Ordinal));
        Assert.True(!compares || sources.All(source => source.Contains("FixedTimeEquals", StringComparison.Ordinal)));
    }
}
