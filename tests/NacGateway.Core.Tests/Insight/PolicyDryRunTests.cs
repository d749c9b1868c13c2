using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.DryRun;
using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Documents;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Core.Tests.Authentication;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Insight;

/// <summary>What other rules would mean for people who have signed in by a server, judged from what was kept of its answer.</summary>
public sealed class PolicyDryRunTests(PostgreSqlServer postgres) : IDisposable
{
    private const string InForce = """
        { "roles": [ { "name": "guest", "limits": { "sessionTimeout": "01:00:00" } }, { "name": "strict" } ] }
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(InForce, ForecastKind.Unchanged, "")]
    [InlineData("""{ "roles": [ { "name": "guest", "limits": { "sessionTimeout": "00:30:00" } } ] }""", ForecastKind.OtherLimits, "1800 s")]
    [InlineData("""{ "roles": [ { "name": "guest", "limits": { "sessionTimeout": "01:00:00" } }, { "name": "strict" } ], "rules": [ { "name": "by filter", "when": { "reply": [ { "attribute": "Filter-Id", "is": "guest" } ] }, "role": "strict" } ] }""", ForecastKind.OtherRole, "strict")]
    [InlineData("""{ "roles": [ { "name": "guest" } ], "rules": [ { "name": "shut", "when": { "user": "alice" }, "refuse": "Not today." } ] }""", ForecastKind.Refused, "shut")]
    [InlineData("""{ "roles": [ { "name": "strict" } ] }""", ForecastKind.Refused, "guest")]
    public async Task An_open_session_is_judged_by_the_answer_that_let_it_in(string candidate, ForecastKind kind, string words)
    {
        await using var signIns = await StartAsync("Filter-Id = guest", "Session-Timeout = 7200", "State = 0x0102");

        var forecast = Assert.Single(await ForecastsAsync(signIns, Parse(candidate)));

        Assert.Equal(kind, forecast.Kind);
        Assert.Contains(words, forecast.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_which_something_was_held_back_is_not_judged_and_says_what()
    {
        await using var signIns = await StartAsync("Filter-Id = guest", "Cisco-AVPair = \"device-psk=hush\"");

        var forecast = Assert.Single(await ForecastsAsync(signIns, Parse(InForce)));

        Assert.Equal(ForecastKind.NotKnown, forecast.Kind);
        Assert.Contains("Cisco-AVPair", forecast.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Putting_open_sessions_under_rules_does_what_the_dry_run_said_and_leaves_a_trace()
    {
        await using var signIns = await StartAsync("Filter-Id = guest");
        var shorter = Parse("""{ "roles": [ { "name": "guest", "limits": { "sessionTimeout": "00:30:00" } } ] }""", version: 2);
        await ApplyAsync(signIns, """{ "roles": [ { "name": "guest", "limits": { "sessionTimeout": "00:30:00" } } ] }""");
        using var live = new LiveApplication(DryRun(signIns), signIns.Gateway.Sessions, signIns.Gateway.Time);

        var outcome = await live.RunAsync(shorter, "k.ito", Token);

        Assert.Equal((1, 0, 0), (outcome.Changed, outcome.Ended, outcome.Missed));
        var session = Assert.Single(signIns.Gateway.Table.Snapshot());
        Assert.Equal(TimeSpan.FromMinutes(30), session.Limits.SessionTimeout);
        Assert.Equal(ForecastKind.Unchanged, Assert.Single(await ForecastsAsync(signIns, shorter)).Kind);
        var line = Assert.Single(await ReadAsync<SessionEvent>(signIns));
        Assert.Equal(("k.ito", SessionEventKind.Changed), (line.By, line.Kind));
    }

    [Fact]
    public async Task A_session_that_rules_refuse_ends_by_the_administrator()
    {
        await using var signIns = await StartAsync("Filter-Id = guest");
        const string Shut = """{ "roles": [ { "name": "guest" } ], "rules": [ { "name": "shut", "when": { "user": "alice" }, "refuse": "Not today." } ] }""";
        await ApplyAsync(signIns, Shut);
        using var live = new LiveApplication(DryRun(signIns), signIns.Gateway.Sessions, signIns.Gateway.Time);

        var outcome = await live.RunAsync(Parse(Shut, version: 2), "k.ito", Token);

        Assert.Equal((0, 1, 0), (outcome.Changed, outcome.Ended, outcome.Missed));
        Assert.Equal(0, signIns.Gateway.Table.Count);
        Assert.Equal(AcctTerminateCause.AdminReset, Assert.Single(await ReadAsync<Session>(signIns)).TerminateCause);
    }

    private async Task<SignIns> StartAsync(params string[] attributes)
    {
        var file = _folder.Write("policies.json", InForce);
        var signIns = await SignIns.StartAsync(
            StorageProvider.Sqlite,
            postgres,
            _ => Replies.Accept(accept => Fill(accept, attributes)),
            Gateways.Secret,
            [("Policy:File", file)]);
        Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync());
        return signIns;
    }

    private static void Fill(RadiusPacket accept, string[] attributes)
    {
        foreach (var attribute in Tests.Policy.Rules.Accept(attributes).Attributes)
        {
            accept.Attributes.Add(attribute.Type, attribute.Value.Span);
        }
    }

    private static AccessPolicy Parse(string document, int version = 9)
    {
        Assert.True(PolicyDocument.TryParse(document, version, out var policy, out var errors), string.Join(' ', errors));
        return policy;
    }

    private static async Task ApplyAsync(SignIns signIns, string document) =>
        Assert.True((await signIns.Gateway.Get<PolicyStore>().ApplyAsync(document, "k.ito", Token)).IsNew);

    private static PolicyDryRun DryRun(SignIns signIns)
    {
        var gateway = signIns.Gateway;
        return new PolicyDryRun(gateway.Table, gateway.Get<SessionTerms>(), gateway.Get<PolicyStore>(), gateway.Get<IDbContextFactory<GatewayDbContext>>(), gateway.Get<IOptions<RadiusOptions>>());
    }

    private static async Task<List<SessionForecast>> ForecastsAsync(SignIns signIns, AccessPolicy candidate)
    {
        List<SessionForecast> forecasts = [];
        await foreach (var forecast in DryRun(signIns).RunAsync(candidate, Token))
        {
            forecasts.Add(forecast);
        }

        return forecasts;
    }

    private static async Task<List<TRow>> ReadAsync<TRow>(SignIns signIns)
        where TRow : class
    {
        await using var database = await signIns.Gateway.Get<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(Token);
        return await database.Set<TRow>().AsNoTracking().ToListAsync(Token);
    }
}
