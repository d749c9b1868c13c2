using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using NacGateway.Web.Gate.Forwarding;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>What the operator sees of requests that are not forwarded.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private GateSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await GateSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: inward.test\r\n\r\n", "address")]
    [InlineData("CONNECT inward.test:443 HTTP/1.1\r\nHost: inward.test:443\r\n\r\n", "address")]
    [InlineData("CONNECT origin.test:25 HTTP/1.1\r\nHost: origin.test:25\r\n\r\n", "port")]
    [InlineData("GET / HTTP/1.1\r\nHost: origin.test\r\nVia: 1.1 nacgateway\r\n\r\n", "loop")]
    [InlineData("GET / HTTP/1.1\r\nHost: -origin.test\r\n\r\n", "target")]
    [InlineData("POST / HTTP/1.1\r\nHost: origin.test\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "framing")]
    public async Task Each_refusal_is_counted_once_under_its_reason(string request, string reason)
    {
        using var refused = new MetricCollector<long>(_site.Services.GetRequiredService<IMeterFactory>(), Refusals.MeterName, "nacgateway.gate.refused");
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            await connection.AskAsync(request, Token);
        }

        var measured = Assert.Single(refused.GetMeasurementSnapshot());
        Assert.Equal((1L, reason), (measured.Value, measured.Tags["reason"]));
    }

    [Fact]
    public async Task Forwarded_and_failed_requests_are_no_refusals()
    {
        await using var origin = new RawOrigin();
        using var refused = new MetricCollector<long>(_site.Services.GetRequiredService<IMeterFactory>(), Refusals.MeterName, "nacgateway.gate.refused");
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            Assert.Equal(200, (await connection.AskAsync($"GET / HTTP/1.1\r\nHost: origin.test:{origin.Port}\r\n\r\n", Token)).Status);
            Assert.Equal(502, (await connection.AskAsync("GET / HTTP/1.1\r\nHost: nowhere.test\r\n\r\n", Token)).Status);
        }

        Assert.Empty(refused.GetMeasurementSnapshot());
    }

    [Fact]
    public async Task A_destination_that_does_not_answer_is_counted_by_the_error_and_logged_in_a_line()
    {
        using var failed = new MetricCollector<long>(_site.Services.GetRequiredService<IMeterFactory>(), Refusals.MeterName, "nacgateway.gate.failed");
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            Assert.Equal(502, (await connection.AskAsync("GET / HTTP/1.1\r\nHost: nowhere.test\r\n\r\n", Token)).Status);
            Assert.Equal(502, (await connection.AskAsync("GET / HTTP/1.1\r\nHost: nowhere.test\r\n\r\n", Token)).Status);
        }

        Assert.All(failed.GetMeasurementSnapshot(), measured => Assert.Equal("Request", measured.Tags["error"]));
        Assert.Equal(2, failed.GetMeasurementSnapshot().Count);

        // Within a second of another test's line there is none for these two.
        Assert.Contains(_site.Log.Lines, line => line.Id == 6001 && line.Level == LogLevel.Warning && line.Text.StartsWith("No answer for 127.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_flood_of_refusals_is_one_line_that_names_client_and_destination()
    {
        var client = _site.NewClient();
        await _site.SignInAsync(client);
        using var connection = await _site.ConnectAsync(client);
        for (var i = 0; i < 20; i++)
        {
            await connection.AskAsync("GET /secret?query HTTP/1.1\r\nHost: inward.test:81\r\nCookie: secret\r\n\r\n", Token);
        }

        var lines = _site.Log.Lines.Where(line => line.Id == 6000).ToList();
        Assert.InRange(lines.Count, 1, 10);
        Assert.Equal((LogLevel.Warning, $"Not forwarded for {client}: inward.test port 81, for its Address; 0 more since the last such line"), (lines[0].Level, lines[0].Text));
        Assert.DoesNotContain(_site.Log.Lines, line => line.Text.Contains("secret", StringComparison.Ordinal) && line.Id is >= 6000 and < 7000);
    }

    [Fact]
    public async Task Nothing_that_a_client_or_an_origin_does_is_an_error_in_the_log()
    {
        await using var origin = new RawOrigin(static (connection, _) =>
        {
            connection.Reset();
            return Task.CompletedTask;
        });
        foreach (var request in new[]
        {
            $"GET / HTTP/1.1\r\nHost: origin.test:{origin.Port}\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: nowhere.test\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: inward.test\r\n\r\n",
            "CONNECT nowhere.test:443 HTTP/1.1\r\nHost: nowhere.test:443\r\n\r\n",
        })
        {
            var (connection, _) = await _site.ConnectSignedInAsync();
            using (connection)
            {
                await connection.AskAsync(request, Token);
            }
        }

        Assert.DoesNotContain(_site.Log.Lines, line => line.Level >= LogLevel.Error);
    }
}
