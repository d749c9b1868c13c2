using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Core.Administration;
using NacGateway.Core.Storage;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Tests.Admin;
using Xunit;

namespace NacGateway.Web.Tests.Api.Frame;

/// <summary>A write under an Idempotency-Key is done once.</summary>
public sealed class IdempotencyTests(DeskSite site) : IClassFixture<DeskSite>
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 26, 14, 0, 0, TimeSpan.Zero));
    private int _done;

    private string Key { get; } = Guid.NewGuid().ToString();

    [Fact]
    public async Task The_same_request_again_is_not_done_but_answered_alike()
    {
        var first = await SendAsync(Key, "{\"name\":\"a\"}");
        var again = await SendAsync(Key, "{\"name\":\"a\"}");

        Assert.Equal(1, _done);
        Assert.Equal((201, "/things/1", "{\"number\":1}"), (again.Status, again.Location, again.Body));
        Assert.Equal((first.Status, first.Location, first.Body), (again.Status, again.Location, again.Body));
        Assert.Equal(("", "true"), (first.Replayed, again.Replayed));
    }

    [Fact]
    public async Task Another_request_under_the_key_is_refused()
    {
        await SendAsync(Key, "{\"name\":\"a\"}");
        var other = await SendAsync(Key, "{\"name\":\"b\"}");

        Assert.Equal((1, 422, "/api/v1/problems/key-reused"), (_done, other.Status, Type(other.Body)));
    }

    [Fact]
    public async Task While_it_is_under_way_it_is_not_begun_again()
    {
        var hold = new TaskCompletionSource();
        var first = SendAsync(Key, "{}", _ => hold.Task);
        var second = await SendAsync(Key, "{}");
        hold.SetResult();
        await first;

        Assert.Equal((409, "/api/v1/problems/under-way"), (second.Status, Type(second.Body)));
        Assert.Equal("1", second.RetryAfter);
        Assert.Equal(201, (await first).Status);
    }

    [Fact]
    public async Task Everybody_has_keys_of_his_own()
    {
        await SendAsync(Key, "{}", user: "ada");
        await SendAsync(Key, "{}", user: "grace");

        Assert.Equal(2, _done);
    }

    [Fact]
    public async Task What_came_to_nothing_may_be_tried_again()
    {
        await Assert.ThrowsAsync<StorageUnavailableException>(() => SendAsync(Key, "{}", _ => throw new StorageUnavailableException()));
        var again = await SendAsync(Key, "{}");

        Assert.Equal((201, 1, ""), (again.Status, _done, again.Replayed));
    }

    [Fact]
    public async Task A_day_later_the_key_is_free()
    {
        await SendAsync(Key, "{}");
        _time.Advance(TimeSpan.FromHours(23));
        await SendAsync(Key, "{}");
        Assert.Equal(1, _done);
        _time.Advance(TimeSpan.FromHours(1));
        await SendAsync(Key, "{}");

        Assert.Equal(2, _done);
    }

    [Fact]
    public async Task A_secret_is_answered_once_and_not_kept()
    {
        var first = await SendAsync(Key, "{}", answersSecret: true);
        var again = await SendAsync(Key, "{}", answersSecret: true);
        await using var database = await site.DatabaseAsync();
        var kept = await database.Set<IdempotentReply>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal("{\"number\":1}", first.Body);
        Assert.Equal((1, 409, "/api/v1/problems/answer-not-kept", "/things/1"), (_done, again.Status, Type(again.Body), again.Location));
        Assert.Contains(kept, reply => reply is { Location: "/things/1", Body: null });
    }

    [Fact]
    public async Task An_answer_that_is_too_long_is_sent_whole_and_not_kept()
    {
        var text = new string('x', Idempotency.LongestBody);
        var first = await SendAsync(Key, "{}", context => context.Response.WriteAsync(text));
        var again = await SendAsync(Key, "{}");

        Assert.StartsWith(text, first.Body, StringComparison.Ordinal);
        Assert.Equal((409, 1), (again.Status, _done));
    }

    [Fact]
    public async Task Whoever_hangs_up_finds_his_answer_later()
    {
        using var gone = new CancellationTokenSource();
        await SendAsync(Key, "{}", async context =>
        {
            await gone.CancelAsync();
            context.RequestAborted.ThrowIfCancellationRequested();
        }, aborted: gone);
        var again = await SendAsync(Key, "{}");

        Assert.Equal((201, 1, "true"), (again.Status, _done, again.Replayed));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData("ü")]
    public async Task A_key_is_visible_ascii(string key)
    {
        var refused = await SendAsync(key, "{}");
        var tooLong = await SendAsync(new string('k', Idempotency.LongestKey + 1), "{}");

        Assert.Equal((400, 400, 0), (refused.Status, tooLong.Status, _done));
    }

    [Fact]
    public async Task Reads_take_no_key()
    {
        await SendAsync(Key, "", method: "GET");
        await SendAsync(Key, "", method: "GET");

        Assert.Equal(2, _done);
    }

    private static string? Type(string body) => (string?)JsonNode.Parse(body)!["type"];

    private async Task<Answer> SendAsync(string key, string body, Func<HttpContext, Task>? during = null, string user = "ada", string method = "POST", bool answersSecret = false, CancellationTokenSource? aborted = null)
    {
        var context = new DefaultHttpContext { RequestAborted = aborted?.Token ?? CancellationToken.None };
        using var written = new MemoryStream();
        context.Response.Body = written;
        context.Request.Method = method;
        context.Request.Path = "/api/v1/things";
        context.Request.Headers[Idempotency.Header] = key;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Features.Set(new DeskUser { Name = $"{user} {Key}", Role = DeskRole.Administrator, Source = IPAddress.Loopback });
        context.SetEndpoint(new Endpoint(null, answersSecret ? new EndpointMetadataCollection(SecretAnswer.Instance) : EndpointMetadataCollection.Empty, null));
        var idempotency = new Idempotency(new IdempotentReplies(site.Service<GatewayWriter>(), _time), NullLogger<Idempotency>.Instance);
        await idempotency.InvokeAsync(context, async inner =>
        {
            using var reader = new StreamReader(inner.Request.Body);
            Assert.Equal(body, await reader.ReadToEndAsync(CancellationToken.None));
            await (during?.Invoke(inner) ?? Task.CompletedTask);
            var number = Interlocked.Increment(ref _done);
            inner.Response.StatusCode = 201;
            inner.Response.Headers.Location = $"/things/{number}";
            inner.Response.ContentType = "application/json";
            await inner.Response.WriteAsync($"{{\"number\":{number}}}", CancellationToken.None);
        });
        var headers = context.Response.Headers;
        return new Answer(context.Response.StatusCode, headers.Location.ToString(), headers[Idempotency.Replayed].ToString(), headers.RetryAfter.ToString(), Encoding.UTF8.GetString(written.ToArray()));
    }

    private sealed record Answer(int Status, string Location, string Replayed, string RetryAfter, string Body);
}
