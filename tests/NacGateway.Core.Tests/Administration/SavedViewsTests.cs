using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Administration;

/// <summary>Lists under names, in both databases: each act with its line in the audit trail, or without both.</summary>
public sealed class SavedViewsTests(PostgreSqlServer postgres)
{
    public static TheoryData<StorageProvider> Both => Gateways.Both;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_view_is_kept_replaced_changed_deleted_and_taken_back_and_each_is_in_the_trail(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var views = Views(gateway);

        var (_, first) = await views.SaveAsync("ada", "/sessions", new SavedViewText("Night", "state=stale"), Line("save"), Token);
        var (_, again) = await views.SaveAsync("ada", "/sessions", new SavedViewText("Night", "state=idle", Shared: true), Line("replace"), Token);
        var seen = (await views.FindAsync(first!.Id, Token))!;
        var changed = await views.ChangeAsync(seen, new SavedViewText("Nights", "state=idle"), Line("change"), Token);
        var late = await views.ChangeAsync(seen, new SavedViewText("Other", ""), Line("late"), Token);
        var deleted = await views.DeleteAsync(first.Id, Line("delete"), Token);
        var twice = await views.DeleteAsync(first.Id, Line("twice"), Token);
        var gone = await views.ListAsync("ada", deleted: false, Token);
        var restored = await views.RestoreAsync(first.Id, Line("restore"), Token);

        Assert.Equal(first.Id, again!.Id);
        Assert.Equal([SavedViewOutcome.Done, SavedViewOutcome.NotFound, SavedViewOutcome.Done, SavedViewOutcome.NotFound, SavedViewOutcome.Done], [changed, late, deleted, twice, restored]);
        Assert.Empty(gone);
        var view = Assert.Single(await views.ListAsync("ada", deleted: false, Token));
        Assert.Equal(("Nights", "state=idle", true, null), (view.Name, view.Query, view.Shared, view.DeletedAt));
        Assert.Equal(["save", "replace", "change", "delete", "restore"], await TrailAsync(gateway));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Others_see_what_is_shared_on_its_page_and_nothing_else(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var views = Views(gateway);
        await views.SaveAsync("ada", "/sessions", new SavedViewText("of ada", "q=1"), Line("save"), Token);
        await views.SaveAsync("ada", "/sessions", new SavedViewText("for all", "q=2", Shared: true), Line("save"), Token);
        await views.SaveAsync("ada", "/people", new SavedViewText("elsewhere", "q=3", Shared: true), Line("save"), Token);
        await views.SaveAsync("bob", "/sessions", new SavedViewText("of bob", "q=4"), Line("save"), Token);

        var seen = await views.OfPageAsync("bob", "/sessions", Token);

        Assert.Equal(["for all", "of bob"], seen.Select(view => view.Name).ToArray());
        Assert.Equal(["elsewhere", "for all"], (await views.SharedAsync(Token)).Select(view => view.Name).ToArray());
        Assert.Equal(["of bob"], (await views.ListAsync("bob", deleted: false, Token)).Select(view => view.Name).ToArray());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_name_is_taken_once_and_there_are_never_more_than_may_be(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var views = Views(gateway);
        for (var i = 0; i < SavedViews.Most; i++)
        {
            Assert.NotNull((await views.SaveAsync("ada", "/sessions", new SavedViewText($"view {i}", "", Shared: true), Line("save"), Token)).View);
        }

        var one = (await views.ListAsync("ada", deleted: false, Token))[0];
        var (tooMany, _) = await views.SaveAsync("ada", "/sessions", new SavedViewText("one more", ""), Line("more"), Token);
        var (tooManyShared, _) = await views.SaveAsync("bob", "/sessions", new SavedViewText("mine", "", Shared: true), Line("more"), Token);
        var taken = await views.ChangeAsync(one, new SavedViewText("view 7", ""), Line("more"), Token);
        await views.DeleteAsync(one.Id, Line("delete"), Token);
        await views.SaveAsync("ada", "/sessions", new SavedViewText(one.Name, ""), Line("save"), Token);
        var nameIsTaken = await views.RestoreAsync(one.Id, Line("more"), Token);

        // By a clock of its own: the gateway's would have every timer of its services go off for each second of a month.
        var later = new SavedViews(gateway.Get<AuditLog>(), gateway.Get<IDbContextFactory<GatewayDbContext>>(), new FakeTimeProvider(gateway.Time.GetUtcNow() + SavedViews.Kept));
        var tooLate = await later.RestoreAsync(one.Id, Line("more"), Token);

        Assert.Equal(
            [SavedViewOutcome.TooMany, SavedViewOutcome.TooManyShared, SavedViewOutcome.NameTaken, SavedViewOutcome.NameTaken, SavedViewOutcome.NotFound],
            [tooMany, tooManyShared, taken, nameIsTaken, tooLate]);
        Assert.DoesNotContain("more", await TrailAsync(gateway), StringComparer.Ordinal);
    }

    private static SavedViews Views(Gateways gateway) => new(gateway.Get<AuditLog>(), gateway.Get<IDbContextFactory<GatewayDbContext>>(), gateway.Time);

    private static AuditEntry Line(string action) => new() { Actor = "ada", Action = action };

    private static Task<List<string>> TrailAsync(Gateways gateway) =>
        gateway.ReadAsync(database => database.Set<AuditRecord>().OrderBy(line => line.Sequence).Select(line => line.Action).ToListAsync(Token));
}
