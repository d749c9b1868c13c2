using Microsoft.Extensions.Configuration;
using NacGateway.TestKit;
using NacGateway.Web.Hosting.Configuration;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>The section ReverseProxy is judged before anything starts.</summary>
public sealed class RoutesCheckTests
{
    private static readonly (string Key, string Value)[] Good =
    [
        ("ReverseProxy:Routes:a:ClusterId", "one"),
        ("ReverseProxy:Routes:a:Match:Hosts:0", "intranet.test"),
        ("ReverseProxy:Routes:a:Transforms:0:PathPrefix", "/x"),
        ("ReverseProxy:Clusters:one:LoadBalancingPolicy", "RoundRobin"),
        ("ReverseProxy:Clusters:one:HealthCheck:Passive:Enabled", "true"),
        ("ReverseProxy:Clusters:one:HttpRequest:ActivityTimeout", "00:01:00"),
        ("ReverseProxy:Clusters:one:Destinations:d:Address", "http://192.0.2.10/"),
    ];

    [Fact]
    public void A_section_that_works_has_no_errors() => Assert.Empty(Errors());

    [Theory]
    [InlineData("ReverseProxy:Routes:b:ClusterId", "one", "ReverseProxy:Routes:b: Route 'b' requires Hosts or Path specified.")]
    [InlineData("ReverseProxy:Routes:a:ClusterId", "two", "ReverseProxy:Routes:a:ClusterId 'two' is none of ReverseProxy:Clusters.")]
    [InlineData("ReverseProxy:Routes:a:ClusterId", "", "ReverseProxy:Routes:a:ClusterId is missing.")]
    [InlineData("ReverseProxy:Routes:a:Match:Path", "/{x", "ReverseProxy:Routes:a: ")]
    [InlineData("ReverseProxy:Routes:a:Order", "first", "ReverseProxy cannot be read: ")]
    [InlineData("ReverseProxy:Clusters:one:LoadBalancingPolicy", "RoundRobbin", "ReverseProxy:Clusters:one: ")]
    [InlineData("ReverseProxy:Clusters:one:Destinations:d:Address", "intranet.test:8080", "ReverseProxy:Clusters:one:Destinations:d:Address 'intranet.test:8080' is not usable.")]
    [InlineData("ReverseProxy:Clusters:one:Destinations:d:Address", "ftp://192.0.2.10/", "ReverseProxy:Clusters:one:Destinations:d:Address 'ftp://192.0.2.10/' is not usable.")]
    [InlineData("ReverseProxy:Clusters:two:LoadBalancingPolicy", "Random", "ReverseProxy:Clusters:two:Destinations is empty.")]
    [InlineData("ReverseProxy:Rutes:b:ClusterId", "one", "ReverseProxy:Rutes is no key of the proxy. Did you mean ReverseProxy:Routes?")]
    [InlineData("ReverseProxy:Routes:a:Mach:Path", "/", "ReverseProxy:Routes:a:Mach is no key of the proxy. Did you mean ReverseProxy:Routes:a:Match?")]
    [InlineData("ReverseProxy:Routes:a:Match:Host:0", "x.test", "ReverseProxy:Routes:a:Match:Host is no key of the proxy. Did you mean ReverseProxy:Routes:a:Match:Hosts?")]
    [InlineData("ReverseProxy:Clusters:one:Destinations:d:Adress", "http://192.0.2.10/", "ReverseProxy:Clusters:one:Destinations:d:Adress is no key of the proxy. Did you mean ReverseProxy:Clusters:one:Destinations:d:Address?")]
    public void What_would_fail_at_the_start_or_be_passed_over_is_an_error(string key, string value, string expected) =>
        Assert.StartsWith(expected, Assert.Single(Errors((key, value))), StringComparison.Ordinal);

    [Fact]
    public async Task The_program_says_it_and_ends_with_2()
    {
        using var folder = new TemporaryFolder();

        var (exitCode, output) = await GatewayProgram.RunAsync(folder.FullName, TestContext.Current.CancellationToken, [.. GatewayProgram.Serve, "--ReverseProxy:Routes:a:ClusterId=none"]);

        Assert.Equal(2, exitCode);
        Assert.Contains("error: ReverseProxy:Routes:a:ClusterId 'none'", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Errors(params (string Key, string Value)[] more) =>
        SettingsCheck.Run(
            new ConfigurationBuilder().AddInMemoryCollection(Pairs(Good)).AddInMemoryCollection(Pairs(more)).Build(), []).Errors.Where(error => error.StartsWith("ReverseProxy", StringComparison.Ordinal));

    private static IEnumerable<KeyValuePair<string, string?>> Pairs(IEnumerable<(string Key, string Value)> settings) =>
        settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value));
}
