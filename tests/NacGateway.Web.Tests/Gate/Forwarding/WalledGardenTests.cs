using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>What is reached before sign-in, and what is not although it looks like it.</summary>
public sealed class WalledGardenTests : IAsyncLifetime
{
    private readonly RawOrigin _origin = new();
    private GateSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await GateSite.StartAsync(
            ("WalledGarden:Hosts:0", "pay.test"),
            ("WalledGarden:Hosts:1", "*.help.test"),
            ("WalledGarden:Hosts:2", "127.0.0.1"),
            ("WalledGarden:Hosts:3", "127.0.0.8/30"),
            ("WalledGarden:Hosts:4", "inward.test"),
            ("WalledGarden:Hosts:5", "bücher.test"),
            ("Gate:TunnelPorts:0", _origin.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        foreach (var name in new[] { "pay.test", "pay.test.", "a.help.test", "b.a.help.test", "help.test", "evilhelp.test", "pay.test.evil.test", "xpay.test", "xn--bcher-kva.test" })
        {
            _site.Names.Answer(name, "127.0.0.1");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _origin.DisposeAsync();
    }

    [Theory]
    [InlineData("pay.test", 200)]
    [InlineData("PAY.Test", 200)]
    [InlineData("pay.test.", 200)]
    [InlineData("a.help.test", 200)]
    [InlineData("b.a.help.test", 200)]
    [InlineData("xn--bcher-kva.test", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::ffff:127.0.0.1]", 200)]
    [InlineData("help.test", 511)] // *.help.test leaves it out.
    [InlineData("evilhelp.test", 511)]
    [InlineData("xpay.test", 511)]
    [InlineData("pay.test.evil.test", 511)]
    [InlineData("origin.test", 511)] // An address of the garden, under a name that is not.
    [InlineData("127.0.0.12", 511)]
    [InlineData("127.0.0.9", 403)] // In the garden, and still not past the guard.
    [InlineData("inward.test", 403)]
    public async Task The_garden_is_its_names_label_by_label_and_its_addresses(string host, int expected)
    {
        using var connection = await _site.ConnectAsync(_site.NewClient());
        var answer = await connection.AskAsync($"GET / HTTP/1.1\r\nHost: {host}:{_origin.Port}\r\n\r\n", Token);

        Assert.Equal(expected, answer.Status);
        Assert.Equal(expected == 200 ? 1 : 0, _origin.Connections);
    }

    [Fact]
    public async Task A_host_field_does_not_make_another_target_part_of_the_garden()
    {
        using var connection = await _site.ConnectAsync(_site.NewClient());
        var answer = await connection.AskAsync($"GET http://origin.test:{_origin.Port}/ HTTP/1.1\r\nHost: pay.test:{_origin.Port}\r\n\r\n", Token);

        Assert.Equal(511, answer.Status);
        Assert.Equal(0, _origin.Connections);
    }

    [Theory]
    [InlineData("pay.test", 200)]
    [InlineData("origin.test", 511)]
    [InlineData("inward.test", 403)]
    public async Task A_tunnel_leads_into_the_garden_only(string host, int expected)
    {
        using var connection = await _site.ConnectAsync(_site.NewClient());
        await connection.WriteAsync($"CONNECT {host}:{_origin.Port} HTTP/1.1\r\nHost: {host}:{_origin.Port}\r\n\r\n", Token);

        Assert.StartsWith($"HTTP/1.1 {expected} ", await connection.ReadHeadAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tunnel_whose_host_field_names_the_garden_does_not_lead_elsewhere()
    {
        using var connection = await _site.ConnectAsync(_site.NewClient());
        await connection.WriteAsync($"CONNECT origin.test:{_origin.Port} HTTP/1.1\r\nHost: pay.test:{_origin.Port}\r\n\r\n", Token);

        Assert.DoesNotContain(" 200 ", await connection.ReadHeadAsync(Token), StringComparison.Ordinal);
        Assert.Equal(0, _origin.Connections);
    }

    [Fact]
    public async Task The_garden_and_the_511_alternate_on_one_connection()
    {
        using var connection = await _site.ConnectAsync(_site.NewClient());
        List<int> statuses = [];
        foreach (var host in new[] { "pay.test", "origin.test", "a.help.test", "origin.test" })
        {
            statuses.Add((await connection.AskAsync($"GET / HTTP/1.1\r\nHost: {host}:{_origin.Port}\r\n\r\n", Token)).Status);
        }

        Assert.Equal([200, 511, 200, 511], statuses);
    }
}
