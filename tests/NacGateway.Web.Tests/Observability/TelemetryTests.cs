using System.Net;
using NacGateway.Web.Tests.Gate.Forwarding;
using NacGateway.Web.Tests.Portal;
using OpenTelemetry.Trace;
using Xunit;

namespace NacGateway.Web.Tests.Observability;

/// <summary>The whole gateway and a real collector: what it sends, and what it sends to nobody.</summary>
[Collection(nameof(WholeProcess))]
public sealed class TelemetryTests
{
    private const string Token = "zq7NEEDLE";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Grpc")]
    [InlineData("HttpProtobuf")]
    public async Task A_sign_in_is_a_trace_with_its_exchange_and_nothing_that_is_sent_names_the_user(string protocol)
    {
        await using var collector = await OtlpCollector.StartAsync();
        await RunAsync(collector, protocol, async site =>
        {
            using var client = site.Client();
            await client.SignInAsync("alice", "wonderland");
        });

        var login = Assert.Single(collector.Spans, span => span.Name == "nacgateway.login");
        Assert.Equal(("NacGateway.Authentication", "SignedIn", "0"), (login.Source, login.Attributes["nacgateway.outcome"], login.Attributes["nacgateway.step"]));
        var exchange = Assert.Single(collector.Spans, span => span.Name == "nacgateway.radius.exchange" && span.ParentSpanId == login.SpanId);
        Assert.Equal(login.TraceId, exchange.TraceId);
        Assert.Equal(
            [("nacgateway.radius.code", "AccessRequest"), ("nacgateway.radius.outcome", "Answered"), ("nacgateway.radius.reply", "AccessAccept"), ("nacgateway.radius.sends", "1"), ("nacgateway.radius.server", "test")],
            exchange.Attributes.Select(pair => (pair.Key, pair.Value)).Order());
        Assert.DoesNotContain("alice", collector.Octets, StringComparison.Ordinal);
        Assert.DoesNotContain("wonderland", collector.Octets, StringComparison.Ordinal);
        Assert.DoesNotContain("127.7.0.", collector.Octets, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_resource_names_the_gateway_and_metrics_come_with_units_and_the_collectors_token_with_each_request()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await RunAsync(collector, "HttpProtobuf", async site =>
        {
            using var client = site.Client();
            await client.SignInAsync("alice", "wonderland");
        });

        Assert.All(collector.Resources, resource => Assert.Equal(("nacgateway", "gate-7"), (resource["service.name"], resource["service.instance.id"])));
        Assert.Contains(collector.Metrics, metric => metric is { Source: "NacGateway.Authentication", Name: "nacgateway.login.duration", Unit: "s", IsHistogram: true });
        Assert.Contains(collector.Metrics, metric => metric is { Name: "nacgateway.sessions.open", Unit: "{session}" });
        Assert.Contains(collector.Metrics, metric => metric.Name == "nacgateway.radius.server.requests");
        Assert.Equal("/collect/v1/metrics /collect/v1/traces", string.Join(" ", collector.Paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
        Assert.All(collector.Headers, headers => Assert.Contains($"Authorization: Bearer {Token}", headers, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Accounting_and_requests_to_the_desk_are_spans_without_path_and_query()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await RunAsync(
            collector,
            "HttpProtobuf",
            async site =>
            {
                using var client = site.Client();
                await client.SignInAsync("alice", "wonderland");
                using var visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
                using var answer = await visitor.GetAsync(new Uri(site.Admin, "/sessions/of-alice?user=alice"), Cancellation);
                await site.Service<Core.Storage.GatewayWriter>().WriteAsync((_, _) => Task.CompletedTask, Cancellation);
            },
            accounting: true);

        var delivery = collector.Spans.First(span => span.Name == "nacgateway.accounting.delivery");
        Assert.Contains(collector.Spans, span => span.Name == "nacgateway.radius.exchange" && span.ParentSpanId == delivery.SpanId && span.Attributes["nacgateway.radius.code"] == "AccountingRequest");
        var request = Assert.Single(collector.Spans, span => span.Name == "nacgateway.desk.request");
        Assert.Equal("GET", request.Attributes["http.request.method"]);
        Assert.DoesNotContain("alice", collector.Octets, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/a")]
    [InlineData("http://intranet.test/a")]
    public async Task A_forwarded_request_carries_no_trace_of_the_gateway(string url)
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var origin = new RawOrigin();
        await RunAsync(
            collector,
            "HttpProtobuf",
            async site =>
            {
                using var client = site.Client();
                await client.SignInAsync("alice", "wonderland");
                using var connection = await RawConnection.OpenAsync(new IPEndPoint(IPAddress.Loopback, site.Gate.Port), client.Address, Cancellation);
                var target = string.Format(System.Globalization.CultureInfo.InvariantCulture, url, origin.Port);
                var answer = await connection.AskAsync($"GET {target} HTTP/1.1\r\nHost: {new Uri(target).Authority}\r\n\r\n", Cancellation);
                Assert.Equal(200, answer.Status);
            },
            more:
            [
                ("Gate:AllowedPrivateDestinations:0", "127.0.0.1"),
                ("ReverseProxy:Routes:inside:ClusterId", "inside"), ("ReverseProxy:Routes:inside:Match:Hosts:0", "intranet.test"),
                ("ReverseProxy:Clusters:inside:Destinations:only:Address", $"http://127.0.0.1:{origin.Port}/"),
            ]);

        var request = Assert.Single(origin.Requests);
        Assert.DoesNotContain("traceparent", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("tracestate", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("baggage", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(collector.Spans, span => !span.Source.StartsWith("NacGateway.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_collector_nothing_listens()
    {
        var site = new PortalSite();
        await site.InitializeAsync();
        try
        {
            Assert.Null(site.Find<TracerProvider>());
            Assert.Null(site.Find<OpenTelemetry.Metrics.MeterProvider>());
        }
        finally
        {
            await site.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_collector_that_is_away_costs_a_line_and_no_sign_in()
    {
        var port = TestKit.FreePorts.Tcp();
        var site = Site($"http://127.0.0.1:{port}", "HttpProtobuf", accounting: false, []);
        await site.InitializeAsync();
        using var client = site.Client();

        var answer = await client.SignInAsync("alice", "wonderland");
        site.Find<TracerProvider>()!.ForceFlush(10_000);

        Assert.Equal("/portal/status", answer.Location);
        var line = Assert.Single(site.Log, line => line.Id.Id == 8600);
        Assert.DoesNotContain(Token, line.Message, StringComparison.Ordinal);
        await site.DisposeAsync();
    }

    private static async Task RunAsync(OtlpCollector collector, string protocol, Func<PortalSite, Task> act, bool accounting = false, params (string Key, string Value)[] more)
    {
        var endpoint = protocol == "Grpc" ? collector.Grpc.ToString() : new Uri(collector.Http, "collect").ToString();
        var site = Site(endpoint, protocol, accounting, more);
        await site.InitializeAsync();
        await act(site);

        // The end of the gateway sends what is left.
        await site.DisposeAsync();
    }

    private static PortalSite Site(string endpoint, string protocol, bool accounting, (string Key, string Value)[] more) => new()
    {
        DoesAccounting = accounting,
        More = new Dictionary<string, string?>(more.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)), StringComparer.Ordinal)
        {
            ["Telemetry:OtlpEndpoint"] = endpoint,
            ["Telemetry:OtlpProtocol"] = protocol,
            ["Telemetry:OtlpHeaders"] = $"Authorization=Bearer%20{Token}",
            ["Telemetry:TraceSampleRatio"] = "1",
            ["Radius:NasIdentifier"] = "gate-7",
        },
    };
}
