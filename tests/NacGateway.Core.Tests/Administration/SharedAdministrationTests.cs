using System.Net;
using NacGateway.Core.Administration;
using NacGateway.Core.Administration.Runtime;
using NacGateway.Core.Audit;
using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.Acts;
using NacGateway.Core.Insight.Search;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Administration;

/// <summary>What an administrator does at one gateway holds at the other on the same PostgreSQL, or he is told why not.</summary>
public sealed class SharedAdministrationTests(PostgreSqlServer postgres)
{
    private static readonly IPAddress s_client = IPAddress.Parse("192.0.2.7");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_setting_and_rules_that_were_saved_at_one_are_in_force_at_the_other_after_its_next_look()
    {
        await using var north = await NorthAsync();
        await using var south = await SouthAsync(north);

        await north.Get<SettingStore>().SaveAsync("Sessions:IdleTimeout", "00:17:00", expected: 0, Line("setting.save"));
        await north.Get<PolicyStore>().ApplyAsync("""{ "rules": [ { "name": "closed", "when": { "user": "eve" }, "refuse": "Closed." } ] }""", "ada", Token);
        await south.Get<RuntimeSettings>().FollowAsync(Token);
        await south.Get<PolicyUpkeep>().FollowAsync(Token);

        Assert.Equal(TimeSpan.FromMinutes(17), south.Get<SessionSettings>().Current.IdleTimeout);
        Assert.Equal("closed", Assert.Single(south.Get<PolicyBook>().Current.Rules).Name);
        Assert.InRange(RuntimeSettings.Interval, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        Assert.InRange(PolicyUpkeep.Interval, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Who_was_unlocked_at_one_may_try_at_the_other_and_what_fails_after_that_counts()
    {
        await using var north = await NorthAsync();
        await using var south = await SouthAsync(north);
        await FailAsync(south, 5);
        Assert.Null(await EnterAsync(south));

        // The help desk sees the lock of the other gateway, too.
        Assert.True((await north.Get<LoginLocks>().OfUserAsync("alice", Token)).IsLocked);
        await north.Get<LoginLocks>().ForgiveUserAsync("Alice", Token);
        south.Time.Advance(TimeSpan.FromSeconds(2));

        var ticket = await EnterAsync(south);
        Assert.NotNull(ticket);
        await south.Get<LoginThrottle>().LeaveAsync(ticket, ThrottleVerdict.Neutral, Token);
        Assert.False((await north.Get<LoginLocks>().OfUserAsync("alice", Token)).Matters);
        await FailAsync(south, 5);
        south.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await EnterAsync(south));
        await south.RestartAsync();
        Assert.Null(await EnterAsync(south));
    }

    [Fact]
    public async Task An_account_that_is_closed_at_one_is_signed_out_at_the_other()
    {
        await using var north = await NorthAsync();
        await using var south = await SouthAsync(north);
        var accounts = north.Get<AdministratorAccounts>();
        await accounts.AddAsync(new NewAdministrator { Name = "ada", PasswordHash = "x", Role = DeskRole.Viewer }, Line("administrator.add"), Token);
        var ada = (await accounts.FindAsync("ada", Token))!;
        var now = south.Time.GetUtcNow();
        var session = new AdminSession { TokenHash = new byte[32], Name = "ada", Role = DeskRole.Viewer, Origin = AdminSession.Local, StartedAt = now, SeenAt = now, ExpiresAt = now + TimeSpan.FromHours(1), Source = "192.0.2.1" };
        Assert.True(await south.Get<AdminSessions>().BeginAsync(session, ada.Id, timeStep: null, Line("access.sign-in"), Token));

        await accounts.CloseAsync(ada.Id, evenTheLast: true, Line("administrator.close"), Token);

        Assert.Null(await south.Get<AdminSessions>().FindAsync(session.TokenHash, Token));
    }

    [Fact]
    public async Task The_desk_of_one_shows_the_sessions_of_the_other_and_says_who_alone_can_change_them()
    {
        await using var north = await NorthAsync();
        await using var south = await SouthAsync(north);
        var held = await south.OpenAsync(Openings.Of("bob", "192.0.2.8"));

        var row = await north.Get<SessionSearch>().FindAsync(held.AcctSessionId, Token);
        var refused = await north.Get<SessionActs>().DoAsync(new SessionAct.Disconnect(), held.AcctSessionId, "administrator ada", Token);
        var done = await south.Get<SessionActs>().DoAsync(new SessionAct.Disconnect(), held.AcctSessionId, "administrator ada", Token);
        var after = await north.Get<SessionSearch>().FindAsync(held.AcctSessionId, Token);

        Assert.Equal(("south", false), (row?.Gateway, row?.IsHeld));
        Assert.Equal((ActFate.Failed, "It is held by the gateway south, and only that one can change it."), (refused.Fate, refused.Words));
        Assert.Equal(ActFate.Done, done.Fate);
        Assert.Equal(AcctTerminateCause.AdminReset, after?.Cause);
    }

    [Fact]
    public async Task A_kept_setting_that_this_release_does_not_know_stops_nothing_and_is_named_once()
    {
        await using var north = await NorthAsync();
        await north.Get<SettingStore>().SaveAsync("Portal:NoSuchThing", "x", expected: 0, Line("setting.save"));
        await north.Get<SettingStore>().SaveAsync("Sessions:InterimInterval", "forty-two", expected: 0, Line("setting.save"));

        await north.RestartAsync();
        await north.Get<RuntimeSettings>().FollowAsync(Token);

        Assert.Contains("Portal:NoSuchThing", Assert.Single(north.Lines, line => line.Id == 8514).Message, StringComparison.Ordinal);
        Assert.Contains("Sessions:InterimInterval", Assert.Single(north.Lines, line => line.Id == 8511).Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(10), north.Get<SessionSettings>().Current.InterimInterval);
    }

    private Task<Gateways> NorthAsync() => Gateways.StartAsync(StorageProvider.PostgreSql, postgres, ("Radius:NasIdentifier", "north"));

    private static Task<Gateways> SouthAsync(Gateways north) => north.StartBesideAsync(settings: ("Radius:NasIdentifier", "south"));

    private static AuditEntry Line(string action) => new() { Actor = "ada", Action = action };

    private static async Task<ThrottleTicket?> EnterAsync(Gateways gateway)
    {
        await gateway.Get<LoginThrottle>().RecallAsync("alice", s_client, Token);
        return gateway.Get<LoginThrottle>().TryEnter("alice", s_client, out _);
    }

    private static async Task FailAsync(Gateways gateway, int times)
    {
        for (var number = 0; number < times; number++)
        {
            await gateway.Get<LoginThrottle>().LeaveAsync((await EnterAsync(gateway))!, ThrottleVerdict.Failure, Token);
        }
    }
}
