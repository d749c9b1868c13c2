using System.Net;
using System.Text.RegularExpressions;
using NacGateway.TestKit;
using NacGateway.Web.Tests.Portal;
using Xunit;

namespace NacGateway.Web.Tests.Observability;

/// <summary>The metrics page of a whole gateway that people have used: its form, what its labels hold, and that more people make it no longer.</summary>
public sealed partial class MetricsConformityTests(PortalSite site) : IClassFixture<PortalSite>
{
    private const string Hostile = "zq7\"} 1\nforged{x=\"";

    /// <summary>All labels there are, and what a value of each looks like. A new label needs a line, and with it a thought about who can make up values.</summary>
    private static readonly Dictionary<string, string> s_labels = new(StringComparer.Ordinal)
    {
        ["action"] = "^[a-z-]+([.][a-z-]+)*$",
        ["answer"] = "^[A-Za-z]+$",
        ["cause"] = "^[A-Za-z]+$",
        ["certificate"] = "^(portal|syslog|radsec .+)$",
        ["code"] = "^[A-Za-z]+$",
        ["error"] = "^[A-Za-z]+$",
        ["error_type"] = "^[A-Za-z._]*$",
        ["form"] = "^[A-Za-z-]+$",
        ["kind"] = "^[a-z_]+$",
        ["le"] = @"^(\+Inf|[0-9.E+-]+)$",
        ["network_protocol_name"] = "^http$",
        ["network_protocol_version"] = "^[0-9.]+$",
        ["network_transport"] = "^tcp$",
        ["network_type"] = "^ipv[46]$",
        ["outcome"] = "^[A-Za-z]+$",
        ["peer"] = "^test$",
        ["percentile"] = "^(50|95|99)$",
        ["reason"] = "^[A-Za-z-]+$",
        ["repeated"] = "^(True|False)$",
        ["runtime"] = "^[.]NET [0-9.]+",
        ["server"] = "^test$",
        ["server_port"] = "^[0-9]+$",
        ["tls_protocol_version"] = "^[0-9.]+$",
        ["verdict"] = "^[A-Za-z-]+$",
        ["version"] = "^[0-9.]+",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_is_in_the_format_and_every_metric_has_its_unit_in_its_name()
    {
        using var client = site.Client();
        await client.SignInAsync("alice", "wonderland");

        var page = await ReadAsync();

        Assert.Equal("histogram", page.Kinds["nacgateway_login_duration_seconds"]);
        Assert.Equal("histogram", page.Kinds["nacgateway_radius_exchange_duration_seconds"]);
        Assert.Equal("counter", page.Kinds["nacgateway_logins_total"]);
        Assert.Equal(1, page.Samples.Single(sample => sample.Name == "nacgateway_build_info").Value);
        Assert.Equal(1, page.Samples.Single(sample => sample.Name == "nacgateway_storage_up").Value);
        Assert.InRange(page.Samples.Single(sample => sample.Name == "process_start_time_seconds").Value, 1_700_000_000, 10_000_000_000);
        Assert.True(page.Samples.Single(sample => sample.Name == "process_cpu_seconds_total").Value > 0);
        Assert.True(page.Samples.Single(sample => sample.Name == "process_resident_memory_bytes").Value > 1_000_000);
        Assert.Contains(page.Samples, sample => sample is { Name: "nacgateway_radius_server_state" } && sample.Labels["server"] == "test");
        Assert.Contains(page.Samples, sample => sample is { Name: "nacgateway_radius_exchange_duration_seconds_count", Value: > 0 } && sample.Labels["server"] == "test" && sample.Labels["code"] == "AccessRequest");
    }

    [Fact]
    public async Task No_label_holds_what_somebody_made_up_and_more_people_make_no_more_series()
    {
        await BeRefusedAsync("first");
        var before = await ReadAsync();

        for (var n = 0; n < 40; n++)
        {
            await BeRefusedAsync($"zq7user{n}");
        }

        await BeRefusedAsync(Hostile);
        var after = await ReadAsync();

        Assert.Equal(before.Samples.Count(IsOurs), after.Samples.Count(IsOurs));
        Assert.InRange(after.Samples.Count, 50, 1000);
        foreach (var (name, value) in after.Samples.SelectMany(sample => sample.Labels))
        {
            Assert.True(s_labels.TryGetValue(name, out var form), $"Label {name} is not in the table of labels.");
            Assert.Matches(form, value);
            Assert.DoesNotContain("zq7", value, StringComparison.Ordinal);
            Assert.DoesNotMatch(Address(), value);
        }
    }

    [Fact]
    public async Task Prometheus_own_checker_takes_the_page_where_it_is_installed()
    {
        using var client = site.Client();
        await client.SignInAsync("alice", "wonderland");
        using var folder = new TemporaryFolder("metrics");
        await File.WriteAllTextAsync(folder["page"], await PageAsync(), Cancellation);
        if (Component.Find("promtool") is not { } promtool)
        {
            // The tests' own reader is as strict.
            return;
        }

        var said = await ChildProcess.RunAsync("/bin/sh", ["-c", "\"$0\" check metrics < \"$1\"", promtool, folder["page"]], Cancellation);

        Assert.Equal("", said);
    }

    /// <summary>Those of the web server know versions and families that come with the first client that has them.</summary>
    private static bool IsOurs(MetricSample sample) => sample.Name.StartsWith("nacgateway", StringComparison.Ordinal) && !sample.Name.StartsWith("nacgateway_portal", StringComparison.Ordinal);

    private async Task BeRefusedAsync(string user)
    {
        using var client = site.Client();
        await client.SignInAsync(user, "wonderwall");
        await client.AskGateAsync();
    }

    private async Task<Exposition> ReadAsync() => Exposition.Parse(await PageAsync());

    private async Task<string> PageAsync()
    {
        using var visitor = new HttpClient();
        using var answer = await visitor.GetAsync(new Uri(site.Admin, "/metrics"), Cancellation);
        Assert.Equal((HttpStatusCode.OK, "text/plain; version=0.0.4; charset=utf-8"), (answer.StatusCode, answer.Content.Headers.ContentType!.ToString()));
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    [GeneratedRegex("([0-9]{1,3}[.]){3}[0-9]{1,3}|([0-9A-Fa-f]{2}[:-]){5}|::", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
