using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>What a session is charged for, and which of the server's limits its traffic is free of.</summary>
public sealed class TrafficTests : IAsyncLifetime
{
    private const int Size = 300_000;

    private readonly RawOrigin _origin = new(static async (connection, token) =>
    {
        while (await connection.ReadHeadAsync(token) is { } head)
        {
            await connection.ReadBodyAsync(head, token);
            var answer = head.StartsWith("GET /down ", StringComparison.Ordinal) ? new string('d', Size) : "";
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\nDate: Mon, 01 Jan 2024 00:00:00 GMT\r\nContent-Length: {answer.Length}\r\n\r\n{answer}", token);
        }
    });

    private GateSite _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await GateSite.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _origin.DisposeAsync();
    }

    [Fact]
    public async Task A_download_is_counted_octet_for_octet_in_both_directions()
    {
        var (connection, session) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var request = $"GET /down HTTP/1.1\r\nHost: {Host}\r\nX-Two: a\r\nX-Two: b\r\n\r\n";
            var answer = await connection.AskAsync(request, Token);
            await _site.Answered.WaitAsync(Token);

            Assert.Equal(Size, answer.Body.Length);
            Assert.Equal(request.Length, session.Traffic.InputOctets);
            Assert.Equal(answer.Head.Length + Size, session.Traffic.OutputOctets);
        }
    }

    [Fact]
    public async Task An_upload_is_counted_octet_for_octet_in_both_directions()
    {
        var (connection, session) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var request = $"POST /up HTTP/1.1\r\nHost: {Host}\r\nContent-Length: {Size}\r\n\r\n{new string('u', Size)}";
            var answer = await connection.AskAsync(request, Token);
            await _site.Answered.WaitAsync(Token);

            Assert.Equal(request.Length, session.Traffic.InputOctets);
            Assert.Equal(answer.Head.Length, session.Traffic.OutputOctets);
        }
    }

    [Fact]
    public async Task Traffic_keeps_the_session_active()
    {
        var (connection, session) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var before = session.Traffic.LastActivity;
            await connection.AskAsync($"GET / HTTP/1.1\r\nHost: {Host}\r\n\r\n", Token);

            Assert.True(session.Traffic.LastActivity > before);
        }
    }

    [Fact]
    public async Task An_upload_may_be_larger_than_any_form_of_the_portal()
    {
        const int Large = 1024 * 1024; // The program's limit for forms is 32 KiB.
        var (connection, session) = await _site.ConnectSignedInAsync();
        using (connection)
        {
            var answer = await connection.AskAsync($"POST /up HTTP/1.1\r\nHost: {Host}\r\nContent-Length: {Large}\r\n\r\n{new string('u', Large)}", Token);

            Assert.Equal(200, answer.Status);
            Assert.InRange(session.Traffic.InputOctets, Large, Large + 200);
        }
    }

    [Theory]
    [InlineData("origin.test", true)]
    [InlineData("garden.test", false)]
    public async Task A_slow_body_is_not_cut_for_its_rate_once_its_sender_is_known(string host, bool known)
    {
        object? upload = "unseen", download = "unseen";
        await using var site = await GateSite.StartAsync(
            context =>
            {
                upload = context.Features.Get<IHttpMinRequestBodyDataRateFeature>()!.MinDataRate;
                download = context.Features.Get<IHttpMinResponseDataRateFeature>()!.MinDataRate;
            },
            ("WalledGarden:Hosts:0", "garden.test"));
        site.Names.Answer("garden.test", "127.0.0.1");
        var client = site.NewClient();
        if (known)
        {
            await site.SignInAsync(client);
        }

        using var connection = await site.ConnectAsync(client);
        var answer = await connection.AskAsync($"POST / HTTP/1.1\r\nHost: {host}:{_origin.Port}\r\nContent-Length: 1\r\n\r\nx", Token);

        Assert.Equal(200, answer.Status);
        Assert.Equal((known, known), (upload is null, download is null));
    }

    private string Host => $"origin.test:{_origin.Port}";
}
