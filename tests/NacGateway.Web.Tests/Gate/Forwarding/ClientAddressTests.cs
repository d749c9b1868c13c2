using System.Net;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>Whose session a request is for: that of its connection's address, and of a header's only from a trusted proxy.</summary>
public sealed class ClientAddressTests : IAsyncLifetime
{
    private static readonly IPAddress Proxy = IPAddress.Parse("127.88.0.1");
    private readonly RawOrigin _origin = new();
    private GateSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await GateSite.StartAsync(("Gate:TrustedProxies:0", "127.88.0.0/24"), ("Gate:TrustedProxies:1", "2001:db8::/32"));

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _origin.DisposeAsync();
    }

    [Theory]
    [InlineData("X-Forwarded-For: {0}")]
    [InlineData("Forwarded: for={0}")]
    [InlineData("X-Real-IP: {0}")]
    [InlineData("True-Client-IP: {0}")]
    [InlineData("Client-IP: {0}")]
    public async Task A_client_cannot_take_anothers_session_by_a_header(string header)
    {
        var other = _site.NewClient();
        var session = await _site.SignInAsync(other);

        Assert.Equal(511, await AskAsync(_site.NewClient(), string.Format(System.Globalization.CultureInfo.InvariantCulture, header, other)));
        Assert.Equal((0, 0L), (_origin.Connections, session.Traffic.InputOctets));
    }

    [Fact]
    public async Task A_signed_in_client_pays_for_itself_whatever_its_headers_say()
    {
        var other = await _site.SignInAsync(_site.NewClient());
        var client = _site.NewClient();
        var session = await _site.SignInAsync(client);

        Assert.Equal(200, await AskAsync(client, $"X-Forwarded-For: {other.ClientAddress}"));
        Assert.NotEqual(0, session.Traffic.InputOctets);
        Assert.Equal(0, other.Traffic.InputOctets);
    }

    [Theory]
    [InlineData("X-Forwarded-For: {0}", 200)]
    [InlineData("X-Forwarded-For: {0}:4711", 200)]
    [InlineData("X-Forwarded-For: ::ffff:{0}", 200)]
    [InlineData("X-Forwarded-For: [::ffff:{0}]:4711", 200)]
    [InlineData("X-Forwarded-For: 203.0.113.9, {0}", 200)] // The client wrote the first entry itself.
    [InlineData("X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-For: {0}", 200)]
    [InlineData("X-Forwarded-For: {0}, 127.88.0.2, 2001:db8::7", 200)] // A chain of trusted proxies.
    [InlineData("X-Forwarded-For: {0}, 203.0.113.9", 511)] // The nearest that no trusted proxy stands for is the client.
    [InlineData("X-Forwarded-For: {0}\r\nX-Forwarded-For: 203.0.113.9", 511)]
    [InlineData("X-Forwarded-For: {0}, unknown", 511)]
    [InlineData("X-Forwarded-For: {0},", 511)]
    [InlineData("X-Forwarded-For: {0}x", 511)]
    [InlineData("X-Forwarded-For:", 511)]
    [InlineData("X-Forwarded-For: 127.88.0.2", 511)]
    [InlineData("Forwarded: for={0}", 511)]
    [InlineData("X-Real-IP: {0}", 511)]
    [InlineData("X-Other: {0}", 511)]
    public async Task A_trusted_proxy_is_believed_for_the_entry_that_it_added(string header, int expected)
    {
        var client = _site.NewClient();
        await _site.SignInAsync(client);

        Assert.Equal(expected, await AskAsync(Proxy, string.Format(System.Globalization.CultureInfo.InvariantCulture, header, client)));
    }

    private async Task<int> AskAsync(IPAddress from, string header)
    {
        using var connection = await _site.ConnectAsync(from);
        return (await connection.AskAsync($"GET / HTTP/1.1\r\nHost: origin.test:{_origin.Port}\r\n{header}\r\n\r\n", Token)).Status;
    }
}
