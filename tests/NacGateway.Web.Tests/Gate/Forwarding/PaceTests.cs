using Microsoft.Extensions.DependencyInjection;
using System.Diagnostics;
using System.Globalization;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>The rates of a session, from socket to socket. Only lower bounds of time: a slow machine makes no test fail.</summary>
public sealed class PaceTests : IAsyncLifetime
{
    private const int Rate = 1_600_000; // 200,000 octets a second.
    private const int Size = 150_000;
    private static readonly TimeSpan Least = TimeSpan.FromSeconds((Size - 50_000) / 200_000.0); // The burst of a quarter of a second is free.
    private readonly RawOrigin _origin = LoadOrigin.Start();
    private GateSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await GateSite.StartAsync(("Gate:TunnelPorts:0", _origin.Port.ToString(CultureInfo.InvariantCulture)));

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _origin.DisposeAsync();
    }

    [Fact]
    public async Task A_download_takes_as_long_as_its_rate_says()
    {
        var (connection, session) = await _site.ConnectSignedInAsync(new SessionLimits { DownloadRate = Rate });
        using (connection)
        {
            var took = await TimeAsync(async () => Assert.Equal(Size, (await connection.AskAsync(Get(Size), Token)).Body.Length));
            await _site.Answered.WaitAsync(Token);

            Assert.True(took >= Least, $"{took}");
            Assert.InRange(session.Traffic.OutputOctets, Size, Size + 200);
        }
    }

    [Fact]
    public async Task An_upload_takes_as_long_as_its_rate_says()
    {
        var (connection, session) = await _site.ConnectSignedInAsync(new SessionLimits { UploadRate = Rate });
        using (connection)
        {
            var took = await TimeAsync(async () => Assert.Equal(200, (await connection.AskAsync(Post(Size), Token)).Status));

            Assert.True(took >= Least, $"{took}");
            Assert.InRange(session.Traffic.InputOctets, Size, Size + 200);
        }
    }

    [Theory]
    [InlineData("origin.test")]
    [InlineData("intranet.test")]
    public async Task A_slow_session_is_not_taken_for_one_that_has_gone_silent(string host)
    {
        const int Slow = 36_000;
        await using var site = await GateSite.StartAsync(
            ("Gate:ActivityTimeout", "00:00:03"),
            ("ReverseProxy:Routes:intranet:ClusterId", "intranet"),
            ("ReverseProxy:Routes:intranet:Match:Hosts:0", "intranet.test"),
            ("ReverseProxy:Clusters:intranet:HttpRequest:ActivityTimeout", "00:00:03"),
            ("ReverseProxy:Clusters:intranet:Destinations:one:Address", $"http://127.0.0.1:{_origin.Port.ToString(CultureInfo.InvariantCulture)}/"));
        var (connection, _) = await site.ConnectSignedInAsync(new SessionLimits { DownloadRate = 32_000 });
        using (connection)
        {
            // All of it fits in one write of YARP's, which after the burst takes five seconds.
            var port = host == "intranet.test" ? "" : $":{_origin.Port}";
            var answer = await connection.AskAsync($"GET /{Slow} HTTP/1.1\r\nHost: {host}{port}\r\n\r\n", Token);

            Assert.Equal(Slow, answer.Body.Length);
        }
    }

    [Fact]
    public async Task All_connections_of_a_session_share_its_rate()
    {
        var client = _site.NewClient();
        await _site.SignInAsync(client, new SessionLimits { DownloadRate = Rate });
        using var one = await _site.ConnectAsync(client);
        using var two = await _site.ConnectAsync(client);
        using var three = await _site.ConnectAsync(client);

        var took = await TimeAsync(() => Task.WhenAll(new[] { one, two, three }.Select(connection => connection.AskAsync(Get(Size / 3), Token))));

        Assert.True(took >= Least, $"{took}");
    }

    [Fact]
    public async Task One_session_does_not_pay_for_another()
    {
        var (slow, _) = await _site.ConnectSignedInAsync(new SessionLimits { DownloadRate = 8 });
        var (quick, _) = await _site.ConnectSignedInAsync(new SessionLimits { DownloadRate = 8_000_000_000 });
        using (slow)
        using (quick)
        {
            await slow.WriteAsync(Get(Size), Token);
            await slow.ReadHeadAsync(Token);

            Assert.Equal(Size, (await quick.AskAsync(Get(Size), Token)).Body.Length);
        }
    }

    [Theory]
    [InlineData("CONNECT")]
    [InlineData("Upgrade")]
    public async Task What_is_no_HTTP_any_more_keeps_the_rates_in_both_directions(string way)
    {
        var (connection, _) = await _site.ConnectSignedInAsync(new SessionLimits { DownloadRate = Rate, UploadRate = Rate });
        using (connection)
        {
            var down = await TimeAsync(async () =>
            {
                if (way == "CONNECT")
                {
                    await connection.WriteAsync($"CONNECT {Host} HTTP/1.1\r\nHost: {Host}\r\n\r\n", Token);
                    await connection.ReadHeadAsync(Token);
                    Assert.Equal(Size, (await connection.AskAsync(Get(Size), Token)).Body.Length);
                    return;
                }

                await connection.WriteAsync($"GET /{Size} HTTP/1.1\r\nHost: {Host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", Token);
                await connection.ReadHeadAsync(Token);
                await connection.ReadAsync(Size, Token);
            });
            Assert.True(down >= Least, $"{down}");
            if (way == "CONNECT")
            {
                var up = await TimeAsync(async () => Assert.Equal(200, (await connection.AskAsync(Post(Size), Token)).Status));
                Assert.True(up >= Least, $"{up}");
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(8_000_000_000L)]
    public async Task Another_rate_counts_for_a_download_that_is_under_way(long? other)
    {
        var (connection, session) = await _site.ConnectSignedInAsync(new SessionLimits { DownloadRate = 8 });
        using (connection)
        {
            // At an octet a second this would take days.
            await connection.WriteAsync(Get(Size), Token);
            await connection.ReadHeadAsync(Token);

            Assert.True(await _site.Services.GetRequiredService<SessionManager>().ChangeAsync(session.AcctSessionId, new SessionLimits { DownloadRate = other }, Token));

            Assert.Equal(Size, (await connection.ReadAsync(Size, Token)).Length);
        }
    }

    [Fact]
    public async Task A_rate_that_comes_later_slows_what_is_under_way()
    {
        const int Long = 60_000_000;
        var (connection, session) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            await connection.WriteAsync(Get(Long), Token);
            await connection.ReadHeadAsync(Token);
            Assert.True(await _site.Services.GetRequiredService<SessionManager>().ChangeAsync(session.AcctSessionId, new SessionLimits { DownloadRate = 8 }, Token));
            await _site.SignOutAsync(session);
            await connection.WaitForEndAsync(Token);

            Assert.InRange(session.Traffic.OutputOctets, 0, Long - 1);
        }
    }

    [Fact]
    public async Task The_end_of_the_session_ends_the_waiting()
    {
        var (connection, session) = await _site.ConnectSignedInAsync(new SessionLimits { DownloadRate = 8, UploadRate = 8 });
        using (connection)
        {
            await connection.WriteAsync(Get(Size), Token);
            await connection.ReadHeadAsync(Token);
            await _site.SignOutAsync(session);

            await connection.WaitForEndAsync(Token);
            await _site.Answered.WaitAsync(Token);
        }
    }

    private string Host => $"origin.test:{_origin.Port}";

    private static async Task<TimeSpan> TimeAsync(Func<Task> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        return watch.Elapsed;
    }

    private string Get(int size) => $"GET /{size} HTTP/1.1\r\nHost: {Host}\r\n\r\n";

    private string Post(int size) => $"POST /up HTTP/1.1\r\nHost: {Host}\r\nContent-Length: {size}\r\n\r\n{new string('u', size)}";
}
