using NacGateway.Core.Audit;
using NacGateway.Core.Sessions;
using NacGateway.TestKit;
using NacGateway.Web.Observability.Syslog;
using NacGateway.Web.Tests.Portal;
using Xunit;

namespace NacGateway.Web.Tests.Observability.Syslog;

/// <summary>A whole gateway and a real receiver, rsyslog, by each transport.</summary>
public sealed class SyslogReceiverTests
{
    private const string Typed = "eve\"]\\ <34>1 forged";
    private const string Hostile = "eve\"] \n<34>1 forged \u202e";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Udp")]
    [InlineData("Tcp")]
    [InlineData("Tls")]
    public async Task Rsyslog_understands_sessions_refusals_and_the_trail(string transport)
    {
        using var folder = new TemporaryFolder("syslog");
        using var pki = new TestPki();
        (string Certificate, string Key, string Authority)? server = transport == "Tls" ? pki.Write(folder, "server", pki.Issue("log.example.org", "127.0.0.1")) : null;
        await using var receiver = await RsyslogServer.StartAsync(server, Cancellation);
        Dictionary<string, string?> settings = new(StringComparer.Ordinal)
        {
            ["Syslog:Server"] = receiver.EndPoint.ToString(),
            ["Syslog:Transport"] = transport,
            ["Syslog:HostName"] = "gw.example.org",
            ["Syslog:Facility"] = nameof(SyslogFacility.Local5),
        };
        if (server is { } files)
        {
            var own = pki.Write(folder, "gateway", pki.Issue("gw.example.org"));
            (settings["Syslog:TrustedCertificatesFile"], settings["Syslog:CertificateFile"], settings["Syslog:CertificateKeyFile"]) = (files.Authority, own.Certificate, own.Key);
        }

        await using var site = new PortalSite { More = settings };
        await site.InitializeAsync();
        using var alice = site.Client();
        await alice.SignInAsync("alice", "wonderland");
        using var eve = site.Client();
        await eve.SignInAsync(Typed, "wonderwall");
        site.Service<SessionFeed>().Publish(new SessionNotice { At = TimeProvider.System.GetUtcNow(), Kind = SessionNoticeKind.Ended, UserName = Hostile, Cause = AcctTerminateCause.AdminReset, Text = "ada:\n<34>1 ended it" });
        await site.Service<AuditLog>().RecordAsync(new AuditEntry { Actor = "ada", Action = "session.disconnect", Target = Hostile, Outcome = "done", Detail = "Grüße aus 東京" }, Cancellation);

        var opened = await receiver.WaitForAsync("nacgateway", "session.opened", Cancellation);
        Assert.Equal(("gw.example.org", "21", "6", "1"), (Field(opened, "hostname"), Field(opened, "syslogfacility"), Field(opened, "syslogseverity"), Field(opened, "protocol-version")));
        Assert.Matches("""^\[meta sequenceId="[0-9]+"\]\[session@32473 id="[0-9a-f]+" user="alice" client="127.7.0.1" .*\]$""", Field(opened, "structured-data"));
        Assert.Equal("\ufeffSession of alice at 127.7.0.1 began, accepted by test.", Field(opened, "msg"));
        var refused = await receiver.WaitForAsync("nacgateway", "sign-in.refused", Cancellation);
        Assert.Contains("""user="eve\"\]\\ <34>1 forged" """, Field(refused, "structured-data"), StringComparison.Ordinal);
        Assert.Contains("""reason="Rejected" """, Field(refused, "structured-data"), StringComparison.Ordinal);
        var ended = await receiver.WaitForAsync("nacgateway", "session.ended", Cancellation);
        Assert.Contains("""user="eve\"\] \\u000a<34>1 forged \\u202e" """, Field(ended, "structured-data"), StringComparison.Ordinal);
        Assert.Contains("""cause="AdminReset" """, Field(ended, "structured-data"), StringComparison.Ordinal);
        var line = await receiver.WaitForAsync("nacgateway", "audit", Cancellation);
        Assert.Contains("""actor="ada" """, Field(line, "structured-data"), StringComparison.Ordinal);
        Assert.EndsWith("done: Grüße aus 東京", Field(line, "msg"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"app-name\": \"forged\"", receiver.Output, StringComparison.Ordinal);
    }

    private static string Field(System.Text.Json.JsonElement message, string name) => message.GetProperty(name).GetString()!;
}
