using System.Net;
using NacGateway.Core.Accounting;
using NacGateway.Core.Authentication;
using NacGateway.Core.Insight;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Core.Tests.Authentication;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Insight;

public sealed class SessionTimelineTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_session_is_told_from_its_client_s_first_request_to_its_end(StorageProvider provider)
    {
        RadiusPacket answer = Replies.Reject("wrong password");
        await using var signIns = await SignIns.StartAsync(provider, postgres, _ => answer, Gateways.Secret, ("Accounting:Enabled", "true"));
        var gateway = signIns.Gateway;
        var client = ClientKey.From(IPAddress.Parse(SignIns.Client));
        gateway.Get<ClientArrivals>().Note(client, ArrivalAnswer.Redirect, "probe.example", "Phone/1");
        Turn(gateway);
        gateway.Get<ClientArrivals>().NotePortal(client, "Phone/1");
        Turn(gateway);
        await signIns.LoginAsync("alicia");
        Turn(gateway);
        answer = Replies.Challenge([1], "Code?");
        var challenged = Assert.IsType<LoginOutcome.Challenged>(await signIns.LoginAsync());
        Turn(gateway);
        answer = Replies.Accept();
        var session = Assert.IsType<LoginOutcome.SignedIn>(await signIns.AnswerAsync(challenged.ChallengeId)).Session;
        Turn(gateway);
        session.Traffic.Add(10, 20, gateway.Time.GetTimestamp());
        await gateway.Sessions.ChangeAsync(
            [new SessionChange { AcctSessionId = session.AcctSessionId, Limits = new SessionLimits(), Event = new SessionEvent { AcctSessionId = session.AcctSessionId, At = gateway.Time.GetUtcNow(), Kind = SessionEventKind.Changed, By = "CoA client", Text = "limits" } }], also: null, Token);
        Turn(gateway);
        await gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.AdminReset, Token);

        var story = await gateway.Get<SessionTimeline>().ReadAsync(session.AcctSessionId, Token);

        Assert.NotNull(story);
        var kinds = story.Entries.Where(entry => entry is not (TimelineEntry.AccountingDelivered or TimelineEntry.AccountingWaits)).Select(entry => entry.GetType().Name);
        Assert.Equal(["Arrived", "PortalOpened", "Attempted", "Decided", "Decided", "Opened", "Noted", "Ended"], kinds, StringComparer.Ordinal);
        Assert.Equal(2, story.Entries.Count(entry => entry is TimelineEntry.AccountingWaits { SetAside: null } or TimelineEntry.AccountingDelivered));
        Assert.Equal("probe.example", story.Entries.OfType<TimelineEntry.Arrived>().Single().Contact.Host);
        Assert.Equal(["Rejected"], story.Entries.OfType<TimelineEntry.Attempted>().Select(entry => entry.Decision.Outcome), StringComparer.Ordinal);
        var decided = story.Entries.OfType<TimelineEntry.Decided>().ToList();
        Assert.Equal(["Challenged", "SignedIn"], decided.Select(entry => entry.Decision.Outcome), StringComparer.Ordinal);
        Assert.Equal("Access-Accept", decided[1].Exchange!.Reply!.Name);
        Assert.NotNull(story.ReplyTime);
        Assert.Equal(AcctTerminateCause.AdminReset, story.Entries.OfType<TimelineEntry.Ended>().Single().Cause);
        Assert.Equal([(story.StartedAt, 0L, 0L), (story.EndedAt, 10L, 20L)], story.Traffic.Select(point => ((DateTimeOffset?)point.At, point.InputOctets, point.OutputOctets)));
        Assert.False(story.IsShortened);
    }

    [Fact]
    public async Task A_sign_in_that_opened_no_session_has_a_story_too()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Reject("account locked"));
        await signIns.LoginAsync();
        var record = Assert.Single(await signIns.Gateway.ReadAsync(database => Task.FromResult(database.Set<PolicyDecision>().ToList())));

        var story = await signIns.Gateway.Get<SessionTimeline>().ReadAsync(record.AcctSessionId, Token);

        Assert.Equal("account locked", Assert.IsType<TimelineEntry.Decided>(Assert.Single(story!.Entries)).Decision.ReplyMessage);
        Assert.Null(story.StartedAt);
        Assert.Empty(story.Traffic);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody's")]
    public async Task Of_what_is_not_known_there_is_no_story(string id)
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);

        Assert.Null(await gateway.Get<SessionTimeline>().ReadAsync(id, Token));
    }

    [Fact]
    public async Task However_much_there_is_of_a_session_its_story_is_bounded_and_says_so()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var session = await gateway.OpenAsync(Openings.Of());
        var at = gateway.Time.GetUtcNow();
        await gateway.Writer.WriteAsync(
            (database, _) =>
            {
                for (var i = 0; i < 700; i++)
                {
                    database.Append(new AccountingDelivery { AcctSessionId = session.AcctSessionId, Status = AcctStatusType.InterimUpdate, EventAt = at, DeliveredAt = at.AddSeconds(3) });
                    database.Append(new PolicyDecision { At = at.AddMinutes(-1), AcctSessionId = "other" + i, UserName = "alice", ClientAddress = "192.0.2.7", IsGranted = false, Words = "", Exchange = [7, 7] });
                }

                return Task.CompletedTask;
            },
            Token);

        var story = await gateway.Get<SessionTimeline>().ReadAsync(session.AcctSessionId, Token);

        Assert.True(story!.IsShortened);
        Assert.Equal(50, story.Entries.OfType<TimelineEntry.Attempted>().Count());
        Assert.InRange(story.Entries.Count, 500, 600);
        Assert.All(story.Entries.OfType<TimelineEntry.AccountingDelivered>(), entry => Assert.Equal(TimeSpan.FromSeconds(3), entry.Delay));
    }

    private static void Turn(Gateways gateway) => gateway.Time.Advance(TimeSpan.FromSeconds(1));
}
