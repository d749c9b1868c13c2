using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Core.Tests.Authentication;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Sessions;

public sealed class SessionFeedTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task Whoever_listens_is_told_of_the_beginning_the_change_and_the_end_in_their_order(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        using var subscription = gateway.Get<SessionFeed>().Subscribe(16);

        var session = await gateway.OpenAsync(Openings.Of("alice", "192.0.2.9"));
        session.Traffic.Add(11, 22, gateway.Time.GetTimestamp());
        gateway.Time.Advance(TimeSpan.FromMinutes(1));
        await gateway.Sessions.ChangeAsync([new SessionChange { AcctSessionId = session.AcctSessionId, Limits = new SessionLimits { Role = "guest" }, Event = Line(session, SessionEventKind.Changed) }], also: null, Token);
        gateway.Time.Advance(TimeSpan.FromMinutes(1));
        await gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.AdminReset, Token);

        var told = Told(subscription);
        Assert.Equal([SessionNoticeKind.Opened, SessionNoticeKind.Changed, SessionNoticeKind.Ended], told.Select(notice => notice.Kind));
        Assert.All(told, notice => Assert.Equal((session.AcctSessionId, "alice", "192.0.2.9", "main"), (notice.AcctSessionId, notice.UserName, notice.ClientAddress, notice.ServerName)));
        Assert.Equal((null, "guest", "guest"), (told[0].Role, told[1].Role, told[2].Role));
        Assert.Equal("ada: made it so", told[1].Text);
        Assert.Equal((AcctTerminateCause.AdminReset, 11, 22, gateway.Time.GetUtcNow()), (told[2].Cause, told[2].InputOctets, told[2].OutputOctets, told[2].At));
    }

    [Fact]
    public async Task The_end_of_a_session_that_another_replaces_is_told_before_the_beginning_of_that()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var earlier = await gateway.OpenAsync(Openings.Of("alice"));
        using var subscription = gateway.Get<SessionFeed>().Subscribe(16);

        await gateway.OpenAsync(Openings.Of("bob"));

        var told = Told(subscription);
        Assert.Equal([(SessionNoticeKind.Ended, "alice"), (SessionNoticeKind.Opened, "bob")], told.Select(notice => (notice.Kind, notice.UserName!)));
        Assert.Equal((earlier.AcctSessionId, AcctTerminateCause.NasRequest), (told[0].AcctSessionId, told[0].Cause));
    }

    [Fact]
    public async Task What_the_sweeper_ends_is_told_with_the_instant_of_the_limit()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var session = await gateway.OpenAsync(Openings.Of(sessionTimeout: TimeSpan.FromMinutes(5)));
        using var subscription = gateway.Get<SessionFeed>().Subscribe(16);

        gateway.Time.Advance(TimeSpan.FromMinutes(7));
        await gateway.Sweeper.SweepAsync(Token);

        var ended = await subscription.Reader.ReadAsync(Token);
        Assert.Equal((SessionNoticeKind.Ended, AcctTerminateCause.SessionTimeout, session.EndsAt!.Value), (ended.Kind, ended.Cause, ended.At));
    }

    [Fact]
    public async Task A_listener_that_does_not_read_loses_notices_alone_and_sees_how_many()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        using var slow = gateway.Get<SessionFeed>().Subscribe(2);
        using var quick = gateway.Get<SessionFeed>().Subscribe(16);

        for (var n = 1; n <= 5; n++)
        {
            await gateway.OpenAsync(Openings.Of($"user{n}", $"192.0.2.{n}"));
        }

        Assert.Equal((3, 0), (slow.Dropped, quick.Dropped));
        Assert.Equal("user1, user2", string.Join(", ", Told(slow).Select(notice => notice.UserName)));
        Assert.Equal(5, Told(quick).Count);
    }

    [Fact]
    public async Task Who_ends_a_subscription_hears_nothing_more()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var feed = gateway.Get<SessionFeed>();
        var subscription = feed.Subscribe(2);
        Assert.True(feed.IsHeard);

        subscription.Dispose();
        await gateway.OpenAsync(Openings.Of());

        Assert.False(feed.IsHeard);
        Assert.False(await subscription.Reader.WaitToReadAsync(Token));
    }

    [Fact]
    public async Task A_refused_sign_in_is_told_with_its_reference_and_what_the_server_said_and_without_the_password()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Reject("account locked"));
        using var subscription = signIns.Gateway.Get<SessionFeed>().Subscribe(16);

        var outcome = await signIns.LoginAsync();

        var refused = Assert.Single(Told(subscription));
        Assert.Equal((SessionNoticeKind.Refused, "alice", SignIns.Client, "first"), (refused.Kind, refused.UserName, refused.ClientAddress, refused.ServerName));
        Assert.Equal((outcome.Reference, "Rejected", "first rejected it. Reply-Message: account locked"), (refused.Reference, refused.Reason, refused.Text));
        Assert.DoesNotContain(SignIns.Password, refused.ToString(), StringComparison.Ordinal);
    }

    private static SessionEvent Line(ActiveSession session, SessionEventKind kind) => new()
    {
        AcctSessionId = session.AcctSessionId,
        At = session.StartedAt,
        Kind = kind,
        By = "ada",
        Text = "made it so",
    };

    private static List<SessionNotice> Told(SessionSubscription subscription)
    {
        List<SessionNotice> told = [];
        while (subscription.Reader.TryRead(out var notice))
        {
            told.Add(notice);
        }

        return told;
    }
}
