using Microsoft.Extensions.Time.Testing;
using NacGateway.Core.Administration;
using NacGateway.Core.Insight.Decisions;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Web.Admin.Decisions;
using NacGateway.Web.Desk.Live;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Decisions;

/// <summary>What watchers of decisions are told, and what it costs.</summary>
public sealed class DecisionsLiveTests : IAsyncLifetime
{
    private readonly DeskSite _desk = new() { Seed = database => DeskSeed.RefusalsAsync(database, TimeProvider.System.GetUtcNow()) };
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private DecisionSearch _search = null!;
    private NewestDecision _newest = null!;
    private DecisionsTopic _topic = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _desk.InitializeAsync();
        _search = _desk.Service<DecisionSearch>();
        _newest = new NewestDecision(_search, _time);
        _topic = new DecisionsTopic(_search, _newest, _time);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task New_ones_are_told_with_their_number_and_the_new_total()
    {
        var view = await OpenAsync("");
        await AddAsync("lena", "lena", "kofi");

        var events = await NextAsync(view);

        Assert.Equal([("total", """{"total":123,"text":"123 decisions"}"""), ("order", """{"added":3,"removed":0}""")], events.Select(one => (one.Name, one.Json)));
        Assert.Empty(await NextAsync(view));
    }

    [Fact]
    public async Task A_list_of_one_user_is_not_told_of_others_and_not_searched_for_them()
    {
        var view = await OpenAsync("?q=user%3Ajulia");
        await AddAsync("lena");
        Assert.Empty(await NextAsync(view));

        await AddAsync("julia");

        Assert.Contains(await NextAsync(view), one => (one.Name, one.Json) == ("order", """{"added":1,"removed":0}"""));
    }

    [Fact]
    public async Task More_than_a_page_of_them_are_counted_all_the_same()
    {
        var view = await OpenAsync("?size=5");
        await AddAsync([.. Enumerable.Repeat("lena", 12)]);

        Assert.Contains(await NextAsync(view), one => (one.Name, one.Json) == ("order", """{"added":12,"removed":0}"""));
    }

    [Fact]
    public async Task Whoever_begins_to_watch_gets_the_list_as_it_is_so_that_nothing_is_lost_in_between()
    {
        using var client = _desk.Client(DeskRole.Viewer);
        var page = await client.GetStringAsync("/decisions", Cancellation);
        await AddAsync("lena");

        var view = await OpenAsync("");

        var newest = await _search.NewestAsync(Cancellation);
        Assert.Contains("data-live=\"/live/decisions\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"data-row=\"{newest}\"", page, StringComparison.Ordinal);
        Assert.Contains(view.Snapshot(), one => one.Name == "list" && one.Json.StartsWith($"[\"{newest}\",", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_behind_the_first_stands_still()
    {
        var first = await _search.FindAsync(DecisionQueryReader.Read([KeyValuePair.Create("size", "5")]), Cancellation);
        var view = await OpenAsync($"?size=5&after={first.Next}");
        await AddAsync("lena");

        Assert.Empty(await NextAsync(view));
        Assert.Empty(view.Snapshot());
    }

    [Fact]
    public async Task Twenty_lists_ask_the_database_one_question_a_second()
    {
        var views = new List<ILiveView>();
        for (var number = 0; number < 20; number++)
        {
            views.Add(await OpenAsync($"?size={number + 1}"));
        }

        var before = _newest.Questions;
        for (var second = 0; second < 5; second++)
        {
            _time.Advance(LiveRoom.Pace);
            await Task.WhenAll(views.Select(view => view.TickAsync(Cancellation).AsTask()));
        }

        Assert.Equal(5, _newest.Questions - before);
    }

    private async Task<ILiveView> OpenAsync(string query)
    {
        var view = _topic.Open(new LiveQuery(query, DeskRole.Viewer));
        Assert.DoesNotContain(await view.TickAsync(Cancellation), one => one.Name == "order");
        return view;
    }

    private async Task<IReadOnlyList<LiveEvent>> NextAsync(ILiveView view)
    {
        _time.Advance(LiveRoom.Pace);
        return await view.TickAsync(Cancellation);
    }

    private async Task AddAsync(params string[] users)
    {
        await using var database = await _desk.DatabaseAsync();
        foreach (var user in users)
        {
            database.Append(new PolicyDecision
            {
                At = TimeProvider.System.GetUtcNow(),
                AcctSessionId = Guid.NewGuid().ToString("N"),
                UserName = user,
                UserKey = SessionRows.UserKey(user),
                Outcome = "Rejected",
                ServerName = "dc-1",
                IsGranted = false,
                Words = "dc-1 rejected it. Access was refused.",
            });
        }

        await database.SaveChangesAsync(Cancellation);
    }
}
