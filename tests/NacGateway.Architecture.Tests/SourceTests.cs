using System.Text.RegularExpressions;
using NacGateway.Architecture.Tests.Reading;
using Xunit;

namespace NacGateway.Architecture.Tests;

/// <summary>Rules on the text of the sources that no analyzer keeps.</summary>
public sealed partial class SourceTests
{
    private static readonly string[] Folders = ["src", "migrations", "tests"];

    /// <summary>The harness has no configuration; its one environment variable keeps the secret off the command line.</summary>
    private const string SecretOfTheHarness = "src/NacGateway.Harness/Input/SecretSource.cs";

    // NO_COLOR is what every program at a terminal asks of its surroundings, and no setting of ours.
    private const string ColourOfTheHarness = "src/NacGateway.Harness/Output/Paint.cs";

    private static IEnumerable<string> Sources =>
        Folders.SelectMany(folder => Repository.Files(folder, ".cs", ".razor", ".css", ".js", ".ts")).Where(path => !IsGenerated(path));

    [Fact]
    public void A_file_has_fewer_than_400_lines() =>
        Assert.DoesNotContain(Sources.Select(path => (path, Repository.Lines(path).Length)), file => file.Length >= 400);

    [Fact]
    public void A_c_sharp_file_uses_a_file_scoped_namespace() =>
        Assert.DoesNotContain(Sources, path => path.EndsWith(".cs", StringComparison.Ordinal) && BlockNamespace().IsMatch(Repository.Read(path)));

    [Fact]
    public void No_region_and_no_commented_out_code() =>
        Assert.Empty(Hits(line => line.TrimStart().StartsWith("#region", StringComparison.Ordinal) || CommentedCode().IsMatch(line)));

    [Fact]
    public void Nothing_is_put_off_in_the_sources() => Assert.Empty(Hits(line => PutOff().IsMatch(line)));

    [Fact]
    public void Nothing_names_the_machine_it_was_written_on() => Assert.Empty(Hits(line => MachinePath().IsMatch(line)));

    [Fact]
    public void Every_suppression_is_one_line_with_a_reason()
    {
        var bare = Hits(line => line.Contains("#pragma warning disable", StringComparison.Ordinal) && !ReasonedPragma().IsMatch(line))
            .Concat(Hits(line => line.Contains("[SuppressMessage", StringComparison.Ordinal) && !line.Contains("Justification = \"", StringComparison.Ordinal)))
            .Concat(Hits(line => line.Contains("[assembly: SuppressMessage", StringComparison.Ordinal)));

        Assert.Empty(bare);
    }

    [Fact]
    public void No_pragma_covers_a_whole_file()
    {
        var wide = Sources.Where(path => Repository.Lines(path).TakeWhile(line => !line.StartsWith("namespace ", StringComparison.Ordinal))
            .Any(line => line.StartsWith("#pragma", StringComparison.Ordinal)) && Repository.Read(path).Contains("\nnamespace ", StringComparison.Ordinal));

        Assert.Empty(wide);
    }

    [Fact]
    public void Configuration_is_read_through_options_only()
    {
        var readers = Sources
            .Where(path => path.StartsWith("src/", StringComparison.Ordinal) && !path.Contains("/Hosting/", StringComparison.Ordinal) && path is not (SecretOfTheHarness or ColourOfTheHarness))
            .Where(path => DirectRead().IsMatch(Repository.Read(path)));

        Assert.Empty(readers);
    }

    [Theory]
    [InlineData("    // return null;", true)]
    [InlineData("    // var x = y;", true)]
    [InlineData("    // Steps in order; then the answer.", false)]
    [InlineData("    // One lookup, no lock.", false)]
    public void Commented_out_code_is_told_from_prose(string line, bool code) => Assert.Equal(code, CommentedCode().IsMatch(line));

    private static IEnumerable<string> Hits(Func<string, bool> hit) =>
        from path in Sources
        where !path.EndsWith("/SourceTests.cs", StringComparison.Ordinal)
        from line in Repository.Lines(path).Select((text, index) => (text, number: index + 1))
        where hit(line.text)
        select $"{path}:{line.number}: {line.text.Trim()}";

    private static bool IsGenerated(string path) => path.StartsWith("migrations/", StringComparison.Ordinal) && path.Contains("/Migrations/", StringComparison.Ordinal);

    [GeneratedRegex(@"^namespace [\w.]+\s*(\{|$)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex BlockNamespace();

    [GeneratedRegex(@"^\s*//[^/].*[;{]\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex CommentedCode();

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|\bHACK\b|\bXXX\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex PutOff();

    [GeneratedRegex(@"[""' (=](/home/|/root/|/Users/|/work/|[A-Z]:\\\\?Users)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"#pragma warning disable [A-Z]+\d+ // \S.{10,}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ReasonedPragma();

    [GeneratedRegex(@"IConfiguration\s+_?configuration;|configuration\[""|Environment\.GetEnvironmentVariable", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex DirectRead();
}
