using System.Globalization;
using NacGateway.Core.Audit;
using NacGateway.Core.Sessions;
using NacGateway.TestKit;
using NacGateway.Web.Observability.Syslog;
using NacGateway.Web.Tests.Portal;
using Xunit;

namespace NacGateway.Web.Tests.Observability.Syslog;

/// <summary>What the forwarding does when its server is slow, away, wrong, or comes back.</summary>
public sealed class SyslogForwarderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_reads_nothing_holds_nothing_up_and_learns_what_it_has_lost()
    {
        await using var sink = SyslogSink.Tcp(reads: false);
        await using var site = await SiteAsync(sink.Address);
        var feed = site.Service<SessionFeed>();
        var sender = site.Service<SyslogSender>();
        Publish(feed, 5000);
        await StuckAsync(sender);
        Publish(feed, 20_000);

        // All goes on: a sign-in, and a line of the trail, which goes before what waits.
        using var alice = site.Client();
        await alice.SignInAsync("alice", "wonderland");
        Assert.Equal(1, site.Asked("alice"));
        await site.Service<AuditLog>().RecordAsync(new AuditEntry { Actor = "ada", Action = "test.line", Outcome = "done" }, Cancellation);
        var lost = await MetricAsync(site, sample => sample.Name == "nacgateway_syslog_lost_total" && sample.Labels["kind"] == "session");
        Assert.InRange(lost, 10_000, 20_001);
        Assert.Equal(10_001, await MetricAsync(site, sample => sample.Name == "nacgateway_syslog_waiting"));

        sink.Reads = true;
        sink.HangUp();

        List<SyslogRead> first = [];
        while (first.Count < 3 || !first.Exists(message => message.Id == "audit"))
        {
            first.Add(await sink.NextAsync(Cancellation));
        }

        // The one in hand, the loss, and the trail.
        Assert.InRange(first.Count, 3, 3);
        var told = first.Single(message => message.Id == "syslog.lost");
        Assert.Equal(("0", lost), (told.Own["audit"], double.Parse(told.Own["session"], CultureInfo.InvariantCulture)));
        Assert.Contains(site.Log, line => line.Id.Id == 8612);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_made_again_and_the_message_in_hand_sent_again()
    {
        await using var sink = SyslogSink.Tcp();
        await using var site = await SiteAsync(sink.Address);
        var feed = site.Service<SessionFeed>();
        feed.Publish(Refused(1));
        var before = await sink.NextAsync(Cancellation);

        sink.HangUp();
        feed.Publish(Refused(2));
        var after = await sink.NextAsync(Cancellation);

        Assert.Equal(("user1", "user2", 2), (before.Own["user"], after.Own["user"], sink.Connections));
        Assert.Equal(before.Sequence + 1, after.Sequence);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_once_and_gets_what_waited_when_it_comes()
    {
        var port = FreePorts.Tcp();
        await using var site = await SiteAsync($"127.0.0.1:{port}");
        site.Service<SessionFeed>().Publish(Refused(1));
        await site.WaitForLogAsync(8611, Cancellation);

        await using var sink = SyslogSink.Tcp(port: port);
        var message = await sink.NextAsync(Cancellation);

        Assert.Equal("user1", message.Own["user"]);
        Assert.Single(site.Log, line => line.Id.Id == 8611);
    }

    [Fact]
    public async Task What_happened_before_the_stop_is_sent_during_it()
    {
        await using var sink = SyslogSink.Tcp();
        await using (var site = await SiteAsync(sink.Address))
        {
            Publish(site.Service<SessionFeed>(), 500);
        }

        for (var n = 0; n < 500; n++)
        {
            Assert.Equal($"user{n}", (await sink.NextAsync("sign-in.refused", Cancellation)).Own["user"]);
        }
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_sent()
    {
        await using var sink = SyslogSink.Udp();
        await using var site = await SiteAsync(sink.Address, ("Syslog:Transport", "Udp"), ("Syslog:Refusals", "false"), ("Syslog:Audit", "false"), ("Syslog:EnterpriseNumber", "99999"));
        site.Service<SessionFeed>().Publish(Refused(1));
        await site.Service<AuditLog>().RecordAsync(new AuditEntry { Actor = "ada", Action = "test.line", Outcome = "done" }, Cancellation);
        using var alice = site.Client();
        await alice.SignInAsync("alice", "wonderland");

        var first = await sink.NextAsync(Cancellation);

        Assert.Equal(("session.opened", 1), (first.Id, first.Sequence));
        Assert.True(first.Elements.ContainsKey("session@99999"));
    }

    [Theory]
    [InlineData("127.0.0.1", true, true)]
    [InlineData("log.example.org", true, false)]
    [InlineData("127.0.0.1", false, false)]
    public async Task By_TLS_only_the_server_that_its_certificate_names_gets_anything(string name, bool trusted, bool sent)
    {
        using var folder = new TemporaryFolder("syslog");
        using var pki = new TestPki();
        using var other = new TestPki("another authority");
        var authority = folder.Write("trusted.pem", (trusted ? pki : other).Authority.ExportCertificatePem());
        await using var sink = SyslogSink.Tls(pki.Issue("log", name));
        await using var site = await SiteAsync(sink.Address, ("Syslog:Transport", "Tls"), ("Syslog:TrustedCertificatesFile", authority));

        site.Service<SessionFeed>().Publish(Refused(1));

        if (sent)
        {
            Assert.Equal("user1", (await sink.NextAsync(Cancellation)).Own["user"]);
        }
        else
        {
            await site.WaitForLogAsync(8611, Cancellation);
            Assert.Equal(0, await MetricAsync(site, sample => sample.Name == "nacgateway_syslog_up"));
        }
    }

    private static async Task<PortalSite> SiteAsync(string server, params (string Key, string Value)[] more)
    {
        Dictionary<string, string?> settings = new(StringComparer.Ordinal) { ["Syslog:Server"] = server, ["Syslog:Transport"] = "Tcp" };
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        var site = new PortalSite { More = settings };
        await site.InitializeAsync();
        return site;
    }

    private static void Publish(SessionFeed feed, int count)
    {
        for (var n = 0; n < count; n++)
        {
            feed.Publish(Refused(n));
        }
    }

    /// <summary>Waits until the kernel takes no more.</summary>
    private static async Task StuckAsync(SyslogSender sender)
    {
        var sent = -1L;
        for (var quiet = 0; quiet < 50; quiet++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
            if (sender.Sent != sent)
            {
                (sent, quiet) = (sender.Sent, 0);
            }
        }
    }

    private static async Task<double> MetricAsync(PortalSite site, Func<MetricSample, bool> which)
    {
        using var visitor = new HttpClient();
        return Exposition.Parse(await visitor.GetStringAsync(new Uri(site.Admin, "/metrics"), Cancellation)).Samples.Single(which).Value;
    }

    private static SessionNotice Refused(int number) => new()
    {
        At = new DateTimeOffset(2026, 11, 26, 10, 0, 0, TimeSpan.Zero),
        Kind = SessionNoticeKind.Refused,
        UserName = string.Create(CultureInfo.InvariantCulture, $"user{number}"),
        ClientAddress = "10.0.0.7",
        Reason = "Rejected",
        Reference = "7K2-91F",
        Text = new string('x', 500),
    };
}
