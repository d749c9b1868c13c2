using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>Ways of writing a host, in the Host field and in an absolute target, that are meant to get a signed-in client further inwards than the guard lets it.</summary>
public sealed class HostTricksTests : IAsyncLifetime
{
    private readonly RawOrigin _origin = new();
    private GateSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await GateSite.StartAsync();
        _site.Names.Answer("origin.test.", "127.0.0.1").Answer("metadata.test", "169.254.169.254").Answer("metadata6.test", "fd00:ec2::254").Answer("mapped.test", "::ffff:169.254.169.254")
            .Answer("nat64.test", "64:ff9b::a9fe:a9fe").Answer("gateway.test", "::1").Answer("any.test", "0.0.0.0");
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _origin.DisposeAsync();
    }

    [Theory]
    [InlineData("origin.test:{0}", 200)]
    [InlineData("ORIGIN.Test:{0}", 200)]
    [InlineData("origin.test.:{0}", 200)]
    [InlineData("127.1:{0}", 200)]
    [InlineData("2130706433:{0}", 200)]
    [InlineData("[::ffff:127.0.0.1]:{0}", 200)]
    [InlineData("[::FFFF:7f00:1]:{0}", 200)]
    [InlineData("[::ffff:127.0.0.2]:{0}", 403)]
    [InlineData("[::ffff:7f00:2]:{0}", 403)]
    [InlineData("[::127.0.0.1]:{0}", 403)] // IPv4-compatible.
    [InlineData("[::ffff:0:7f00:1]:{0}", 403)] // IPv4-translated.
    [InlineData("[64:ff9b::7f00:2]:{0}", 403)]
    [InlineData("[2002:7f00:2::]:{0}", 403)]
    [InlineData("[::1]:{0}", 403)]
    [InlineData("[::]:{0}", 400)] // No request can be made for it.
    [InlineData("0.0.0.0:{0}", 403)]
    [InlineData("0x7f000002:{0}", 403)]
    [InlineData("0177.0.0.2:{0}", 403)]
    [InlineData("017700000002:{0}", 403)]
    [InlineData("127.0.2:{0}", 403)]
    [InlineData("169.254.169.254", 403)]
    [InlineData("169.254.43518", 403)]
    [InlineData("2852039166", 403)]
    [InlineData("0xa9fea9fe", 403)]
    [InlineData("0251.0376.0251.0376", 403)]
    [InlineData("[::ffff:a9fe:a9fe]", 403)]
    [InlineData("[64:ff9b::a9fe:a9fe]", 403)]
    [InlineData("[fd00:ec2::254]", 403)]
    [InlineData("[fe80::a9fe:a9fe]", 403)]
    [InlineData("metadata.test", 403)]
    [InlineData("metadata6.test", 403)]
    [InlineData("mapped.test", 403)]
    [InlineData("nat64.test", 403)]
    [InlineData("gateway.test:{0}", 403)]
    [InlineData("any.test:{0}", 403)]
    [InlineData("user@origin.test:{0}", 400)]
    [InlineData("user:word@origin.test:{0}", 400)]
    [InlineData("origin.test:{0}@inward.test", 400)]
    [InlineData("origin.test:", 400)]
    [InlineData("origin.test:0", 400)]
    [InlineData("origin.test:65536", 400)]
    [InlineData("origin.test:+{0}", 400)]
    [InlineData("origin.test:{0}:{0}", 400)]
    [InlineData("origin.test,inward.test", 400)]
    [InlineData("[127.0.0.1]:{0}", 400)]
    [InlineData("[fe80::1%25lo]:{0}", 400)]
    [InlineData("[::1%1]:{0}", 400)]
    [InlineData("[::1", 400)]
    [InlineData("::1", 400)]
    [InlineData(".origin.test:{0}", 400)]
    public async Task A_host_leads_to_what_it_means_or_nowhere(string host, int expected)
    {
        var authority = host.Replace("{0}", _origin.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

        var byField = await AskAsync($"GET / HTTP/1.1\r\nHost: {authority}\r\n\r\n");
        var byTarget = await AskAsync($"GET http://{authority}/ HTTP/1.1\r\nHost: origin.test:{_origin.Port}\r\n\r\n");

        Assert.Equal((expected, expected), (byField, byTarget));
        Assert.Equal(expected == 200 ? 2 : 0, _origin.Requests.Count);
    }

    private async Task<int> AskAsync(string request)
    {
        var (connection, _) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            return (await connection.AskAsync(request, Token)).Status;
        }
    }
}
