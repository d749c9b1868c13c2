using System.Net;
using NacGateway.Core.Insight;
using NacGateway.Radius.Client;
using NacGateway.Radius.Transport;
using NacGateway.Web.Admin;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Admin.Overview;
using Xunit;

namespace NacGateway.Web.Tests.Admin.Overview;

/// <summary>What needs a person is said, with what it means for users; what does not is not.</summary>
public sealed class AttentionRulesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 26, 14, 0, 0, TimeSpan.Zero);

    private static readonly OverviewFacts s_well = new()
    {
        At = s_now,
        Servers = [Server("dc-1"), Server("dc-2")],
        IsAccountingOn = true,
        Disk = (0.4, 40_000_000_000),
        Recent = new ActivityCounts { Accepted = 100, Refused = 9 },
        Checks = [new ReadinessCheck("database", true, "answers")],
    };

    [Fact]
    public void Nothing_is_said_while_all_is_well() => Assert.Empty(AttentionRules.Of(s_well));

    [Fact]
    public void A_dead_server_is_bad_and_it_is_said_whether_others_answer()
    {
        var one = Assert.Single(AttentionRules.Of(s_well with { Servers = [Server("dc-1"), Server("dc-2") with { State = ServerState.Dead, Since = s_now.AddMinutes(-4) }] }));
        var all = AttentionRules.Of(s_well with { Servers = [Server("dc-2") with { State = ServerState.Dead }] });

        Assert.Equal((Look.Bad, "dc-2 does not answer", s_now.AddMinutes(-4), "/radius/dc-2"), (one.Look, one.What, one.Since, one.Href));
        Assert.StartsWith("Sign-ins use dc-1.", one.Why, StringComparison.Ordinal);
        Assert.StartsWith("No other server answers: nobody can sign in.", Assert.Single(all).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_trouble_has_a_line_of_its_own_and_the_worst_come_first()
    {
        var items = AttentionRules.Of(s_well with
        {
            Servers =
            [
                Server("dc-1") with { State = ServerState.Suspect, RequiresMessageAuthenticator = false },
                Server("dc-2") with { OwnCertificateEnds = s_now.AddDays(3), PeerCertificateEnds = s_now.AddDays(-1) },
            ],
            Unbelieved = new Dictionary<string, long>(StringComparer.Ordinal) { ["dc-2"] = 7 },
            Silence = null,
            Waiting = 12,
            OldestAt = s_now.AddMinutes(-6),
            SetAside = 1,
            Stale = 14,
            PortalCertificateEnds = s_now.AddDays(1),
            Disk = (0.01, 10_000_000_000),
            Recent = new ActivityCounts { Accepted = 5, Refused = 60, Unanswered = 2 },
            Checks = [new ReadinessCheck("database", false, "does not answer")],
        });

        Assert.Equal(
            ["certificate-own-dc-2", "certificate-peer-dc-2", "certificate-portal", "check-database", "disk", "drops-dc-2", "outbox", "refused", "set-aside", "stale", "suspect-dc-1", "unanswered", "unsigned-dc-1"],
            items.Select(Name).Order(StringComparer.Ordinal).ToArray());
        Assert.Equal(items.OrderByDescending(item => item.Look == Look.Bad).Select(item => item.Key), items.Select(item => item.Key), StringComparer.Ordinal);
        Assert.All(items, item => Assert.NotEmpty(item.Why + item.Rule));

        static string Name(AttentionItem item) => item.Key.Replace("-127.0.0.1:1812", "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(21.1, false)]
    [InlineData(20.9, true)]
    public void A_certificate_is_spoken_of_three_weeks_before_its_end(double days, bool isSaid) =>
        Assert.Equal(isSaid, AttentionRules.Of(s_well with { Servers = [Server("dc-1") with { OwnCertificateEnds = s_now.AddDays(days) }] }).Count == 1);

    [Fact]
    public void Silence_of_accounting_replaces_the_line_about_what_waits()
    {
        var item = Assert.Single(AttentionRules.Of(s_well with { Silence = (s_now.AddMinutes(-9), "dc-1 does not answer"), Waiting = 3, OldestAt = s_now.AddMinutes(-9) }));

        Assert.Equal(("silence", Look.Bad), (item.Key, item.Look));
        Assert.Contains("3 records wait", item.Why, StringComparison.Ordinal);
    }

    private static ServerHealth Server(string name) => new()
    {
        Name = name,
        EndPoint = new IPEndPoint(IPAddress.Loopback, 1812),
        State = ServerState.Alive,
        Since = s_now.AddHours(-1),
        ConsecutiveFailures = 0,
        LastAnswer = s_now,
        LastError = null,
        LastErrorAt = null,
        Latency = new LatencyPercentiles(0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero),
        RequiresMessageAuthenticator = true,
        UsesStatusServer = false,
        Requests = 10,
        Retransmissions = 0,
        Pending = 0,
        Timeouts = 0,
        Abandoned = 0,
        Accepts = 10,
        Rejects = 0,
        Challenges = 0,
        Responses = 0,
        ProtocolErrors = 0,
        Refusals = 0,
        StatusRequests = 0,
        StatusAnswers = 0,
        Drops = Enum.GetValues<DropReason>().ToDictionary(reason => reason, _ => 0L),
    };
}
