using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using NacGateway.Core.Administration;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Web.Tests.Admin;
using Xunit;

namespace NacGateway.Web.Tests.Api.Events;

/// <summary>Streams of the running gateway: of a page, and of a program.</summary>
public sealed class LiveFeedTests(DeskSite site) : IClassFixture<DeskSite>
{
    private static int s_client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_is_greeted_and_then_told_of_sessions_that_are_opened()
    {
        using var viewer = site.Client(DeskRole.Viewer);
        await using var stream = await StreamAsync(viewer, "/live/shell");
        var greeting = await stream.NextAsync("hello");
        var before = Count((await stream.NextAsync("tile")).Data);

        await OpenAsync("lena");
        await OpenAsync("kofi");

        Assert.NotEmpty((string?)JsonNode.Parse(greeting.Data)!["build"] ?? "");
        while (Count((await stream.NextAsync("tile")).Data) < before + 2)
        {
        }
    }

    [Fact]
    public async Task A_program_is_told_and_goes_on_where_it_was()
    {
        using var viewer = site.Client(DeskRole.Viewer);
        string first;
        await using (var stream = await StreamAsync(viewer, "/api/v1/events?user=julia"))
        {
            await OpenAsync("julia");
            var told = await stream.NextAsync("session");
            first = told.Id!;
            Assert.Equal(("opened", "julia"), ((string?)JsonNode.Parse(told.Data)!["kind"], (string?)JsonNode.Parse(told.Data)!["user"]));
        }

        var missed = await OpenAsync("julia");
        await using var again = await StreamAsync(viewer, "/api/v1/events?user=julia", first);

        Assert.Equal(missed, (string?)JsonNode.Parse((await again.NextAsync("session")).Data)!["sessionId"]);
    }

    [Fact]
    public async Task Of_another_run_of_the_gateway_nothing_is_known_and_that_is_said()
    {
        using var viewer = site.Client(DeskRole.Viewer);
        await OpenAsync("goran");
        await using var stream = await StreamAsync(viewer, "/api/v1/events?user=goran", "0badcafe-12");

        Assert.Equal("""{"missed":null}""", (await stream.NextAsync(name: null)).Data);
        Assert.Equal("session", (await stream.NextAsync(name: null)).Name);
    }

    [Theory]
    [InlineData("/api/v1/events", null, 401)]
    [InlineData("/api/v1/events", "FrontDesk", 403)]
    [InlineData("/api/v1/events?kind=born", "Viewer", 422)]
    [InlineData("/live/shell", null, 401)]
    [InlineData("/live/shell", "FrontDesk", 403)]
    [InlineData("/live/nothing", "Administrator", 404)]
    public async Task Nobody_sees_what_is_not_his(string path, string? role, int status)
    {
        using var client = site.Client(role is null ? null : Enum.Parse<DeskRole>(role));
        using var answer = await client.GetAsync(path, Cancellation);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private static long Count(string tiles) =>
        long.Parse((string)JsonNode.Parse(tiles)!["open-sessions"]!["value"]!, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static async Task<EventReader> StreamAsync(HttpClient client, string path, string? last = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new EventReader(answer, SseParser.Create(await answer.Content.ReadAsStreamAsync(Cancellation)).EnumerateAsync(Cancellation).GetAsyncEnumerator(Cancellation));
    }

    private async Task<string> OpenAsync(string user)
    {
        var outcome = await site.Service<SessionManager>().OpenAsync(
            new SessionOpening
            {
                AcctSessionId = Guid.NewGuid().ToString("N"),
                UserName = user,
                ClientAddress = new IPAddress([192, 0, 2, (byte)Interlocked.Increment(ref s_client)]),
                Limits = new SessionLimits(),
                ServerName = "dc-1",
                Classes = [],
            },
            Cancellation);
        return Assert.IsType<OpenOutcome.Opened>(outcome).Session.AcctSessionId;
    }

    private sealed class EventReader(HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> events) : IAsyncDisposable
    {
        /// <summary>The next event of a name; of any for null. Others are passed over.</summary>
        public async Task<(string Name, string Data, string? Id)> NextAsync(string? name)
        {
            do
            {
                Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
            }
            while (name is not null && events.Current.EventType != name);

            return (events.Current.EventType, events.Current.Data, events.Current.EventId);
        }

        public async ValueTask DisposeAsync()
        {
            await events.DisposeAsync();
            answer.Dispose();
        }
    }
}
