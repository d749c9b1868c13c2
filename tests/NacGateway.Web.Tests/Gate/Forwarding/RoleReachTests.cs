using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Web.Gate.Forwarding;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>The destinations of a session's role, by name and by address, on each of the ways through the gate.</summary>
public sealed class RoleReachTests : IAsyncLifetime
{
    private static readonly string[] AllButHere = ["deny 127.0.0.0/8", "allow *"];
    private readonly RawOrigin _origin = new();
    private readonly RawOrigin _intranet = new();
    private GateSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await StartAsync();
        _site.Names.Answer("localhost", "127.0.0.1");
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _origin.DisposeAsync();
        await _intranet.DisposeAsync();
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: origin.test:{0}\r\n\r\n", "allow www.origin.test")]
    [InlineData("GET http://origin.test:{0}/ HTTP/1.1\r\nHost: other.test\r\n\r\n", "allow other.test")]
    [InlineData("GET / HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\n\r\n", "deny 127.0.0.1", "allow *")]
    [InlineData("GET / HTTP/1.1\r\nHost: origin.test:{0}\r\n\r\n", "allow origin.test:1")]
    [InlineData("CONNECT origin.test:{0} HTTP/1.1\r\nHost: origin.test:{0}\r\n\r\n", "deny *.test", "allow *")]
    [InlineData("GET / HTTP/1.1\r\nHost: intranet.test\r\n\r\n", "deny intranet.test", "allow *")]
    public async Task What_the_role_refuses_by_name_is_not_even_looked_up(string request, params string[] lines)
    {
        using var refused = Refused();
        Assert.Equal(403, (await AskAsync(request, lines)).Status);

        Assert.Equal((0, 0, 0), (_origin.Connections, _intranet.Connections, _site.Names.Asked));
        Assert.Equal((1L, "role"), Reason(refused));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: origin.test:{0}\r\n\r\n")]
    [InlineData("CONNECT origin.test:{0} HTTP/1.1\r\nHost: origin.test:{0}\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: intranet.test\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: named.test\r\n\r\n")]
    public async Task What_the_role_refuses_by_address_is_not_dialled_whatever_its_name(string request)
    {
        using var refused = Refused();
        Assert.Equal(403, (await AskAsync(request, AllButHere)).Status);

        Assert.Equal((0, 0), (_origin.Connections, _intranet.Connections));
        Assert.Equal((1L, "role"), Reason(refused));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: origin.test:{0}\r\n\r\n", "allow origin.test")]
    [InlineData("GET / HTTP/1.1\r\nHost: origin.test:{0}\r\n\r\n", "allow 127.0.0.1")]
    [InlineData("CONNECT origin.test:{0} HTTP/1.1\r\nHost: origin.test:{0}\r\n\r\n", "allow *.test")]
    [InlineData("GET / HTTP/1.1\r\nHost: intranet.test\r\n\r\n", "allow intranet.test:80")]
    [InlineData("GET / HTTP/1.1\r\nHost: named.test\r\n\r\n", "allow 127.0.0.0/8")]
    public async Task What_the_role_opens_is_reached(string request, string line) => Assert.Equal(200, (await AskAsync(request, [line])).Status);

    [Fact]
    public async Task A_role_without_destinations_reaches_all_that_the_gate_leads_to()
    {
        Assert.Equal(200, (await AskAsync("GET / HTTP/1.1\r\nHost: origin.test:{0}\r\n\r\n", lines: null)).Status);
        Assert.Equal(403, (await AskAsync("GET / HTTP/1.1\r\nHost: inward.test\r\n\r\n", lines: null)).Status);
    }

    [Fact]
    public async Task No_role_opens_what_the_guard_refuses()
    {
        using var refused = Refused();

        Assert.Equal(403, (await AskAsync("GET / HTTP/1.1\r\nHost: inward.test\r\n\r\n", ["allow inward.test", "allow *"])).Status);
        Assert.Equal((1L, "address"), Reason(refused));
    }

    [Fact]
    public async Task A_connection_that_others_may_have_serves_no_request_of_the_role()
    {
        var (free, _) = await _site.ConnectSignedInAsync();
        using (free)
        {
            Assert.Equal(200, (await free.AskAsync($"GET / HTTP/1.1\r\nHost: origin.test:{_origin.Port}\r\n\r\n", Token)).Status);
        }

        Assert.Equal(403, (await AskAsync("GET / HTTP/1.1\r\nHost: origin.test:{0}\r\n\r\n", AllButHere)).Status);
        Assert.Single(_origin.Requests);
    }

    [Fact]
    public async Task Other_rules_count_from_the_next_request_on_also_for_connections_that_are_there()
    {
        var request = $"GET / HTTP/1.1\r\nHost: origin.test:{_origin.Port}\r\n\r\n";
        Use("allow *");
        var (connection, _) = await _site.ConnectSignedInAsync(new SessionLimits { Role = "guest" });
        using (connection)
        {
            Assert.Equal(200, (await connection.AskAsync(request, Token)).Status);
            Use(AllButHere);
            Assert.Equal(403, (await connection.AskAsync(request, Token)).Status);
            Use("allow *");
            Assert.Equal(200, (await connection.AskAsync(request, Token)).Status);
        }
    }

    [Fact]
    public async Task Another_role_counts_from_the_next_request_on()
    {
        var request = $"GET / HTTP/1.1\r\nHost: origin.test:{_origin.Port}\r\n\r\n";
        Use(AllButHere);
        var (connection, session) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            Assert.Equal(200, (await connection.AskAsync(request, Token)).Status);
            Assert.True(await _site.Services.GetRequiredService<SessionManager>().ChangeAsync(session.AcctSessionId, new SessionLimits { Role = "guest" }, Token));
            Assert.Equal(403, (await connection.AskAsync(request, Token)).Status);
        }
    }

    [Fact]
    public async Task The_answer_is_the_gates_own_in_the_clients_form()
    {
        var answer = await AskAsync("GET /?secret HTTP/1.1\r\nHost: origin.test:{0}\r\nAccept: application/json\r\n\r\n", AllButHere);

        Assert.Equal("application/problem+json", RawResponse.Field(answer.Head, "Content-Type"));
        Assert.Equal("no-store", RawResponse.Field(answer.Head, "Cache-Control"));
        Assert.Contains("\"status\":403", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("64:ff9b::a01:203", false)] // 10.1.2.3 behind a NAT64.
    [InlineData("2002:a01:203::1", false)] // The same behind 6to4.
    [InlineData("::ffff:10.1.2.3", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("64:ff9b::c000:201", true)]
    [InlineData("2001:db8::1", true)]
    public void An_address_within_an_address_is_refused_with_it(string address, bool allowed)
    {
        Use("deny 10.0.0.0/8", "allow *");
        var reach = _site.Services.GetRequiredService<RoleReach>();

        Assert.Equal(allowed, reach.Allows("guest", "any.test", IPAddress.Parse(address), 80));
        Assert.Equal(allowed, reach.Allows("guest", address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address, 80));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static (long Count, object? Reason) Reason(MetricCollector<long> refused)
    {
        var measured = Assert.Single(refused.GetMeasurementSnapshot());
        return (measured.Value, measured.Tags["reason"]);
    }

    private Task<GateSite> StartAsync() => GateSite.StartAsync(
        ("Gate:TunnelPorts:0", Text(_origin.Port)),
        ("ReverseProxy:Routes:intranet:ClusterId", "intranet"),
        ("ReverseProxy:Routes:intranet:Match:Hosts:0", "intranet.test"),
        ("ReverseProxy:Clusters:intranet:Destinations:one:Address", $"http://127.0.0.1:{Text(_intranet.Port)}/"),
        ("ReverseProxy:Routes:named:ClusterId", "named"),
        ("ReverseProxy:Routes:named:Match:Hosts:0", "named.test"),
        ("ReverseProxy:Clusters:named:Destinations:one:Address", $"http://localhost:{Text(_intranet.Port)}/"));

    private MetricCollector<long> Refused() => new(_site.Services.GetRequiredService<IMeterFactory>(), Refusals.MeterName, "nacgateway.gate.refused");

    private void Use(params string[] lines) => Use(new DestinationList([.. lines.Select(line => DestinationRule.TryParse(line, out var rule) ? rule : throw new FormatException(line))]));

    private void Use(DestinationList? destinations) =>
        _site.Services.GetRequiredService<PolicyBook>().Current = new AccessPolicy(version: 1, [new PolicyRole { Name = "guest", Destinations = destinations }]);

    /// <summary>Asks once, as a new client of a role with these lines.</summary>
    private async Task<RawResponse> AskAsync(string request, string[]? lines)
    {
        if (lines is null)
        {
            Use(destinations: null);
        }
        else
        {
            Use(lines);
        }

        var (connection, _) = await _site.ConnectSignedInAsync(new SessionLimits { Role = "guest" });
        using (connection)
        {
            var octets = request.Replace("{0}", Text(_origin.Port), StringComparison.Ordinal);
            if (!octets.StartsWith("CONNECT ", StringComparison.Ordinal))
            {
                return await connection.AskAsync(octets, Token);
            }

            // A tunnel has no body after its head, and a refusal has.
            await connection.WriteAsync(octets, Token);
            var head = await connection.ReadHeadAsync(Token) ?? "";
            return new RawResponse(int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture), head, "");
        }
    }
}
