using System.Text.Json;
using System.Text.RegularExpressions;
using NacGateway.Core.Authentication;
using NacGateway.Radius.Transport;
using NacGateway.TestKit;
using NacGateway.Web.Tests.Portal;
using Xunit;

namespace NacGateway.Web.Tests.Observability;

/// <summary>The dashboard and the alert rules ask for metrics that a running gateway has, by the kind that they are.</summary>
public sealed partial class MonitoringFilesTests(PortalSite site) : IClassFixture<PortalSite>
{
    private static readonly string[] s_words = ["and", "or", "unless", "by", "without", "on", "ignoring", "group_left", "group_right", "bool", "offset"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("seeds/grafana/nacgateway.json", 20)]
    [InlineData("seeds/prometheus/nacgateway.rules.yml", 12)]
    public async Task Every_metric_that_a_file_asks_for_is_on_the_page(string file, int fewest)
    {
        // What is measured of exchanges is there from the first one on.
        using var client = site.Client();
        await client.SignInAsync("alice", "wonderland");
        using var visitor = new HttpClient();
        var page = Exposition.Parse(await visitor.GetStringAsync(new Uri(site.Admin, "/metrics"), Cancellation));

        // Prometheus itself makes this one.
        HashSet<string> known = ["up"];
        foreach (var (name, kind) in page.Kinds)
        {
            known.UnionWith(kind == "histogram" ? [name + "_bucket", name + "_sum", name + "_count"] : [name]);
        }

        var asked = Expressions(file).SelectMany(Names).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(asked.Except(known, StringComparer.Ordinal));
        Assert.True(asked.Count >= fewest, $"Only {asked.Count} metrics: {string.Join(' ', asked)}");
    }

    [Theory]
    [InlineData("sum by (instance, le) (rate(a_total{outcome=\"x y_z\"}[5m])) > 0.05 * b offset 1h", "a_total b")]
    [InlineData("histogram_quantile(0.95, sum by (le) (rate(c_bucket{instance=~\"$instance\"}[$__rate_interval]))) and on (instance) d unless time() - e > 14 * 86400", "c_bucket d e")]
    [InlineData("label_values(f, instance)", "f instance")]
    public void The_reader_of_expressions_finds_the_names(string expression, string names) => Assert.Equal(names, string.Join(' ', Names(expression)));

    [Fact]
    public async Task Prometheus_own_checker_takes_the_rules_where_it_is_installed()
    {
        if (Component.Find("promtool") is not { } promtool)
        {
            // The tests above read the file without it.
            return;
        }

        var said = await ChildProcess.RunAsync(promtool, ["check", "rules", Path.Combine(Repository.Root, "seeds/prometheus/nacgateway.rules.yml")], Cancellation);

        Assert.Contains("SUCCESS", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_alert_says_what_is_the_matter_and_what_to_do()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "seeds/prometheus/nacgateway.rules.yml")).Select(line => line.Trim()).ToArray();
        var alerts = lines.Where(line => line.StartsWith("- alert: ", StringComparison.Ordinal)).ToArray();

        Assert.Equal(alerts.Length, alerts.Distinct(StringComparer.Ordinal).Count());
        Assert.All(["expr: ", "for: ", "severity: ", "summary: \"", "description: \""], part => Assert.Equal(alerts.Length, lines.Count(line => line.StartsWith(part, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("seeds/grafana/nacgateway.json")]
    [InlineData("seeds/prometheus/nacgateway.rules.yml")]
    public void Every_value_that_a_file_looks_for_is_one_that_the_gateway_writes(string file)
    {
        // Of the trail the words by which everybody knows a sign-in at the desk; the job and the instance are Prometheus's own.
        HashSet<string> words = [.. Enum.GetNames<DropReason>(), .. typeof(LoginOutcome).GetNestedTypes().Select(type => type.Name), "access.sign-in", "refused", "nacgateway", "$instance"];

        var asked = Expressions(file).SelectMany(expression => Values().Matches(expression)).SelectMany(match => match.Groups["value"].Value.Split('|')).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(words, StringComparer.Ordinal));
    }

    private static IEnumerable<string> Expressions(string file)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, file));
        if (file.EndsWith(".yml", StringComparison.Ordinal))
        {
            return text.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("expr: ", StringComparison.Ordinal)).Select(line => line["expr: ".Length..]);
        }

        using var board = JsonDocument.Parse(text);
        return [.. board.RootElement.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("expr").GetString()!))];
    }

    /// <summary>Names of metrics in an expression: what is no label, no function, no word and no number.</summary>
    private static IEnumerable<string> Names(string expression)
    {
        var bare = Grouping().Replace(Braces().Replace(expression, " "), " ");
        return Identifier().Matches(bare)
            .Where(match => !s_words.Contains(match.Value, StringComparer.Ordinal) && !bare[(match.Index + match.Length)..].TrimStart().StartsWith('('))
            .Select(match => match.Value);
    }

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Braces();

    [GeneratedRegex("[!=]~?\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Values();

    [GeneratedRegex(@"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grouping();

    [GeneratedRegex(@"(?<![\w.:])[A-Za-z_:][\w:]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Identifier();
}
