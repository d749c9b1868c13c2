using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>The octets of a session are used up in the middle of a transfer: it ends there, not when it would have ended.</summary>
public sealed class QuotaTests : IAsyncLifetime
{
    private const int Quota = 200_000;
    private const int Size = 5_000_000;

    /// <summary>The piece that reaches the quota passes, and a head is small.</summary>
    private const int MostBeyond = (16 * 1024) + 500;

    private readonly RawOrigin _origin = LoadOrigin.Start();
    private GateSite _site = null!;

    public static TheoryData<string, SessionLimits> Ways
    {
        get
        {
            var ways = new TheoryData<string, SessionLimits>();
            foreach (var way in new[] { "download", "upload", "tunnel down", "tunnel up", "upgrade" })
            {
                ways.Add(way, way.EndsWith("up", StringComparison.Ordinal) || way == "upload" ? new SessionLimits { InputQuota = Quota } : new SessionLimits { OutputQuota = Quota });
                ways.Add(way, new SessionLimits { TotalQuota = Quota });
            }

            return ways;
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await GateSite.StartAsync(("Gate:TunnelPorts:0", _origin.Port.ToString(CultureInfo.InvariantCulture)));

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _origin.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_transfer_is_cut_where_the_quota_is_reached_and_the_gate_is_closed_at_once(string way, SessionLimits limits)
    {
        var client = _site.NewClient();
        var session = await _site.SignInAsync(client, limits);
        using var connection = await _site.ConnectAsync(client);
        using var other = await _site.ConnectAsync(client);

        await TransferAsync(connection, way);

        // 1. Closed before the sweeper has come by, also on a connection that was there before.
        Assert.Equal(511, (await other.AskAsync(Get(1), Token)).Status);

        // 2. Bounded.
        Assert.InRange(session.Traffic.InputOctets + session.Traffic.OutputOctets, Quota, Quota + MostBeyond + 500);

        // 3. The record has what was counted, and no limit of time was the cause.
        var ended = new TaskCompletionSource();
        await using (session.Ended.UnsafeRegister(_ => ended.TrySetResult(), null))
        {
            await ended.Task.WaitAsync(Token);
        }

        Assert.Equal((session.Traffic.InputOctets, session.Traffic.OutputOctets), await RecordedAsync(session));
    }

    [Fact]
    public async Task An_upload_that_has_no_answer_yet_is_answered_511()
    {
        var (connection, _) = await _site.ConnectSignedInAsync(new SessionLimits { InputQuota = Quota });
        using (connection)
        {
            Assert.Equal(511, (await connection.AskAsync(Post(Size), Token)).Status);
        }
    }

    [Fact]
    public async Task A_greater_quota_in_time_lets_the_transfer_go_on()
    {
        // Slow enough to be met in the middle.
        var (connection, session) = await _site.ConnectSignedInAsync(new SessionLimits { OutputQuota = Quota, DownloadRate = 8 });
        using (connection)
        {
            await connection.WriteAsync(Get(Size), Token);
            await connection.ReadHeadAsync(Token);
            Assert.True(await _site.Services.GetRequiredService<SessionManager>().ChangeAsync(session.AcctSessionId, new SessionLimits { OutputQuota = Size * 2 }, Token));

            Assert.Equal(Size, (await connection.ReadAsync(Size, Token)).Length);
        }
    }

    private string Host => $"origin.test:{_origin.Port}";

    private async Task TransferAsync(RawConnection connection, string way)
    {
        try
        {
            switch (way)
            {
                case "download":
                    await connection.AskAsync(Get(Size), Token);
                    break;
                case "upload":
                    Assert.Equal(511, (await connection.AskAsync(Post(Size), Token)).Status);
                    return;
                case "upgrade":
                    await connection.WriteAsync($"GET /{Size} HTTP/1.1\r\nHost: {Host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", Token);
                    await connection.ReadHeadAsync(Token);
                    await connection.ReadAsync(Size, Token);
                    break;
                default:
                    await connection.WriteAsync($"CONNECT {Host} HTTP/1.1\r\nHost: {Host}\r\n\r\n", Token);
                    await connection.ReadHeadAsync(Token);
                    await connection.AskAsync(way == "tunnel up" ? Post(Size) : Get(Size), Token);
                    break;
            }

            Assert.Fail("The transfer was not cut.");
        }
        catch (IOException)
        {
            // Cut.
        }
    }

    private async Task<(long Input, long Output)> RecordedAsync(ActiveSession session)
    {
        await using var database = await _site.Services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(Token);
        var input = await database.Database.SqlQuery<long>($"SELECT InputOctets AS Value FROM Sessions WHERE AcctSessionId = {session.AcctSessionId} AND EndedAt IS NOT NULL").SingleAsync(Token);
        var output = await database.Database.SqlQuery<long>($"SELECT OutputOctets AS Value FROM Sessions WHERE AcctSessionId = {session.AcctSessionId} AND EndedAt IS NOT NULL").SingleAsync(Token);
        return (input, output);
    }

    private string Get(int size) => $"GET /{size} HTTP/1.1\r\nHost: {Host}\r\n\r\n";

    private string Post(int size) => $"POST /up HTTP/1.1\r\nHost: {Host}\r\nContent-Length: {size}\r\n\r\n{new string('u', size)}";
}
