using NacGateway.TestKit;
using NacGateway.Web.Observability;
using Xunit;

namespace NacGateway.Web.Tests.Observability;

public sealed class TelemetryOptionsTests
{
    private readonly TelemetryOptionsValidator _validator = new();

    [Theory]
    [InlineData("", "", 0.05)]
    [InlineData("https://otel.example.org:4317", "Authorization=Bearer%20x,x-scope=a", 0)]
    [InlineData("http://otel.example.org:4317", "", 1)]
    [InlineData("http://127.0.0.1:4318", "api-key=1", 1)]
    [InlineData("http://[::1]:4318/base", "api-key=1", 1)]
    public void What_can_be_used_passes(string endpoint, string headers, double ratio) =>
        Assert.True(_validator.Validate(null, new TelemetryOptions { OtlpEndpoint = endpoint, OtlpHeaders = headers, TraceSampleRatio = ratio }).Succeeded);

    [Theory]
    [InlineData("otel.example.org:4317", "", 0.05, "Telemetry:OtlpEndpoint")]
    [InlineData("ftp://otel.example.org", "", 0.05, "Telemetry:OtlpEndpoint")]
    [InlineData("https://user:zq7NEEDLE@otel.example.org", "", 0.05, "Telemetry:OtlpHeadersFile")]
    [InlineData("https://otel.example.org", "zq7NEEDLE", 0.05, "Telemetry:OtlpHeaders")]
    [InlineData("http://otel.example.org", "token=zq7NEEDLE", 0.05, "https")]
    [InlineData("https://otel.example.org", "", 1.5, "Telemetry:TraceSampleRatio")]
    [InlineData("https://otel.example.org", "", double.NaN, "Telemetry:TraceSampleRatio")]
    public void What_cannot_is_named_with_its_remedy_and_without_the_secret(string endpoint, string headers, double ratio, string named)
    {
        var verdict = _validator.Validate(null, new TelemetryOptions { OtlpEndpoint = endpoint, OtlpHeaders = headers, TraceSampleRatio = ratio });

        var failure = Assert.Single(verdict.Failures!);
        Assert.Contains(named, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("NEEDLE", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_may_lie_in_a_file_with_lines()
    {
        using var folder = new TemporaryFolder("telemetry");
        var options = new TelemetryOptions { OtlpHeadersFile = folder.Write("headers", "Authorization=Bearer%20x\nx-scope=a\n") };

        Assert.Equal("Authorization=Bearer%20x,x-scope=a", OtlpHeaders.TryRead(options, out _));
        Assert.False(_validator.Validate(null, new TelemetryOptions { OtlpHeadersFile = folder["missing"] }).Succeeded);
    }
}
