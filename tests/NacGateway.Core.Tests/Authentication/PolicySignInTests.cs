using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Authentication;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

public sealed class PolicySignInTests(PostgreSqlServer postgres) : IDisposable
{
    private const string Document = """
        {
          "roles": [
            { "name": "guest", "limits": { "sessionTimeout": "01:00:00" }, "devices": { "most": 1 } },
            { "name": "clinic", "noAnswer": { "acceptedWithin": "2.00:00:00", "for": "00:30:00", "withoutPassword": true, "role": "guest" } },
            { "name": "family", "devices": { "most": 3, "oneMore": "endOldest" } },
            { "name": "strict" }
          ],
          "rules": [
            { "name": "closed", "when": { "user": "eve" }, "refuse": "Closed until ten." },
            { "name": "clinic", "when": { "group": "clinic" }, "role": "clinic" }
          ]
        }
        """;

    private readonly TemporaryFolder _folder = new();
    private RadiusPacket? _answer = Replies.Accept();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Requirement("RATT-15")]
    public async Task A_filter_that_names_a_role_puts_the_session_under_it_and_the_record_is_kept_with_the_session()
    {
        await using var signIns = await StartAsync();
        _answer = With("Filter-Id = GUEST", "Session-Timeout = 7200");

        var signedIn = Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync());

        Assert.Equal((TimeSpan.FromHours(1), "guest"), (signedIn.Session.Limits.SessionTimeout, signedIn.Session.Limits.Role));
        await signIns.Gateway.RestartAsync(killed: true);
        var record = await RecordAsync(signIns);
        Assert.Equal((signedIn.Session.AcctSessionId, "alice", true, "guest", 1), (record.AcctSessionId, record.UserName, record.IsGranted, record.Role, record.PolicyVersion));
        Assert.StartsWith($"{signedIn.Reference}: first accepted.", record.Words, StringComparison.Ordinal);
        Assert.Contains("Session-Timeout 01:00:00 (role guest)", record.Words, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("RATT-15")]
    public async Task A_filter_that_names_nothing_known_grants_nothing_and_says_so()
    {
        await using var signIns = await StartAsync();
        _answer = With("Filter-Id = engineers");

        var outcome = Assert.IsType<LoginOutcome.UnusableAccept>(await signIns.LoginAsync());

        Assert.Equal(0, signIns.Gateway.Table.Count);
        Assert.Contains("engineers", Assert.Single(signIns.Lines, line => line.Id == 2503).Message, StringComparison.Ordinal);
        var record = await RecordAsync(signIns);
        Assert.False(record.IsGranted);
        Assert.Contains(outcome.Reference, record.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_refuses_tells_the_person_and_counts_as_no_failure()
    {
        await using var signIns = await StartAsync(("Throttle:UserFailures", "1"));

        await signIns.LoginAsync("eve");
        var outcome = Assert.IsType<LoginOutcome.Refused>(await signIns.LoginAsync("eve"));

        Assert.Equal("Closed until ten.", outcome.Message);
        Assert.Equal("closed closed", string.Join(' ', (await RecordsAsync(signIns)).Select(record => record.Rule)));
    }

    [Fact]
    public async Task Each_rejection_is_recorded_and_of_tries_that_were_not_made_one()
    {
        await using var signIns = await StartAsync(("Throttle:UserFailures", "2"));
        _answer = Replies.Reject();

        for (var i = 0; i < 4; i++)
        {
            await signIns.LoginAsync();
        }

        var records = await RecordsAsync(signIns);
        Assert.Equal(["Rejected", "Rejected", "Throttled"], records.Select(record => record.Outcome).ToArray());
        Assert.All(records.Take(2), record => Assert.Contains("first rejected it.", record.Words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_role_limits_the_devices_and_the_record_says_who_was_refused()
    {
        await using var signIns = await StartAsync();
        _answer = With("Filter-Id = guest");
        await signIns.LoginAsync();

        var same = await signIns.LoginAsync();
        var other = await signIns.LoginAsync(client: "192.0.2.8");

        Assert.IsType<LoginOutcome.SignedIn>(same);
        Assert.IsType<LoginOutcome.DeviceLimit>(other);
        var record = (await RecordsAsync(signIns))[^1];
        Assert.False(record.IsGranted);
        Assert.EndsWith("But 1 of 1 devices are online already, so it was refused.", record.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_no_server_answers_who_was_accepted_at_this_device_gets_in_for_a_while_where_the_role_says_so()
    {
        await using var signIns = await StartAsync();
        _answer = With("Class = clinic");
        Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync());
        _answer = null;
        await signIns.OthersFindNoAnswerAsync();

        var signedIn = Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginToTheEndAsync());

        Assert.Equal((TimeSpan.FromMinutes(30), "guest"), (signedIn.Session.Limits.SessionTimeout, signedIn.Session.Limits.Role));
        var row = await signIns.Gateway.ReadAsync(database => database.Set<Session>().SingleAsync(row => row.EndedAt == null, Token));
        Assert.Equal((AcctAuthentic.Local, "(none)"), (row.Authentic, row.ServerName));
        Assert.Contains("The password was not checked.", (await RecordsAsync(signIns))[^1].Words, StringComparison.Ordinal);
        Assert.Contains(signIns.Lines, line => line.Id == 2514);
    }

    [Fact]
    public async Task A_session_that_no_server_granted_grants_no_other_one()
    {
        await using var signIns = await StartAsync();
        _answer = With("Class = clinic");
        await signIns.LoginAsync();
        _answer = null;
        await signIns.Gateway.RestartAsync(later: TimeSpan.FromDays(1));
        await signIns.OthersFindNoAnswerAsync();
        Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginToTheEndAsync());
        await signIns.Gateway.RestartAsync(later: TimeSpan.FromHours(25));
        await signIns.OthersFindNoAnswerAsync();

        Assert.IsType<LoginOutcome.NoAnswer>(await signIns.LoginToTheEndAsync());

        Assert.Contains("too long ago", (await RecordsAsync(signIns))[^1].Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alice", "192.0.2.8", "not accepted", "clinic")]
    [InlineData("bob", SignIns.Client, "not accepted", "clinic")]
    [InlineData("alice", SignIns.Client, "grant nothing", "staff")]
    public async Task When_no_server_answers_nobody_else_gets_in(string user, string client, string reason, string group)
    {
        await using var signIns = await StartAsync();
        _answer = With($"Class = {group}");
        await signIns.LoginAsync();
        _answer = null;
        await signIns.OthersFindNoAnswerAsync();

        Assert.IsType<LoginOutcome.NoAnswer>(await signIns.LoginToTheEndAsync(user, client));

        var words = (await RecordsAsync(signIns))[^1].Words;
        Assert.True(words.Contains(reason == "not accepted" ? "No server has accepted this user at this device before" : reason, StringComparison.Ordinal), words);
    }

    [Fact]
    public async Task A_server_that_rejects_or_cannot_be_believed_is_never_taken_for_silence()
    {
        await using var signIns = await StartAsync();
        _answer = With("Class = clinic");
        await signIns.LoginAsync();

        _answer = Replies.Reject();
        Assert.IsType<LoginOutcome.Rejected>(await signIns.LoginAsync());
        _answer = new RadiusPacket(RadiusCode.AccessReject);
        Assert.IsType<LoginOutcome.MissingMessageAuthenticator>(await signIns.LoginToTheEndAsync());
    }

    [Fact]
    public async Task A_server_that_says_it_cannot_serve_is_no_silence_either()
    {
        await using var signIns = await StartAsync();
        _answer = With("Class = clinic");
        await signIns.LoginAsync();
        _answer = new RadiusPacket(RadiusCode.ProtocolError);
        _answer.AddMessageAuthenticator();

        Assert.IsType<LoginOutcome.NoAnswer>(await signIns.LoginToTheEndAsync());
    }

    [Fact]
    public async Task A_rule_that_refuses_does_so_when_no_server_answers_too()
    {
        await using var signIns = await StartAsync();
        _answer = null;
        await signIns.OthersFindNoAnswerAsync();

        Assert.IsType<LoginOutcome.Refused>(await signIns.LoginToTheEndAsync("eve"));
    }

    [Fact]
    public async Task A_server_that_was_not_dead_when_the_sign_in_began_grants_nothing_by_its_silence()
    {
        await using var signIns = await StartAsync();
        _answer = With("Class = clinic");
        await signIns.LoginAsync();
        _answer = null;

        signIns.Gateway.Time.Advance(TimeSpan.FromSeconds(1));
        Task<LoginOutcome>[] atOnce = [.. Enumerable.Range(0, 4).Select(_ => signIns.LoginAsync())];
        var outcomes = new List<LoginOutcome>();
        foreach (var login in atOnce)
        {
            outcomes.Add(await signIns.ToTheEndAsync(login));
        }

        Assert.All(outcomes, outcome => Assert.IsType<LoginOutcome.NoAnswer>(outcome));
        Assert.Contains("may be slow", (await RecordsAsync(signIns))[^1].Words, StringComparison.Ordinal);
        Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginToTheEndAsync());
    }

    [Theory]
    [InlineData(AcctTerminateCause.AdminReset, "NoAnswer")]
    [InlineData(AcctTerminateCause.ReauthenticationFailure, "NoAnswer")]
    [InlineData(AcctTerminateCause.UserRequest, "SignedIn")]
    public async Task Whose_access_was_withdrawn_since_gets_nothing_when_no_server_answers(AcctTerminateCause cause, string outcome)
    {
        await using var signIns = await StartAsync();
        _answer = With("Class = clinic");
        await signIns.LoginAsync();
        var elsewhere = Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync(client: "192.0.2.8"));
        signIns.Gateway.Time.Advance(TimeSpan.FromMinutes(1));
        await signIns.Gateway.Sessions.CloseAsync(elsewhere.Session.AcctSessionId, cause, Token);
        _answer = null;
        await signIns.OthersFindNoAnswerAsync();

        var ended = await signIns.LoginToTheEndAsync();

        Assert.Equal(outcome, ended.GetType().Name);
        Assert.Equal(outcome == "NoAnswer", (await RecordsAsync(signIns))[^1].Words.Contains("withdrawn since", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_another_gateway_granted_at_an_address_of_its_own_network_grants_nothing_here()
    {
        await using var signIns = await StartAsync(StorageProvider.PostgreSql, ("Radius:NasIdentifier", "north"));
        await using var south = await signIns.Gateway.StartBesideAsync(settings: ("Radius:NasIdentifier", "south"));
        await south.OpenAsync(Openings.Of("alice", SignIns.Client) with { Limits = new SessionLimits { Role = "clinic" } });
        _answer = null;
        await signIns.OthersFindNoAnswerAsync();

        Assert.IsType<LoginOutcome.NoAnswer>(await signIns.LoginToTheEndAsync());
    }

    [Fact]
    public async Task A_gateway_that_has_the_database_alone_knows_its_users_under_a_new_name_too()
    {
        await using var signIns = await StartAsync(("Radius:NasIdentifier", "old"));
        _answer = With("Class = clinic");
        await signIns.LoginAsync();
        _answer = null;
        signIns.Gateway.Set("Radius:NasIdentifier", "new");
        await signIns.Gateway.RestartAsync();
        await signIns.OthersFindNoAnswerAsync();

        Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginToTheEndAsync());
    }

    [Fact]
    public async Task The_settings_limit_the_devices_where_the_role_allows_more_and_the_record_says_whose_limit_it_is()
    {
        await using var signIns = await StartAsync(("Sessions:MaxPerUser", "1"));
        _answer = With("Filter-Id = family");
        await signIns.LoginAsync();

        var other = Assert.IsType<LoginOutcome.DeviceLimit>(await signIns.LoginAsync(client: "192.0.2.8"));

        Assert.Equal(1, other.Maximum);
        Assert.Contains("1 device at once, one more is refused (the settings)", (await RecordsAsync(signIns))[0].Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alice", " alice")]
    [InlineData("alice", "ALICE")]
    [InlineData("alice", "\uff41lice")]
    public async Task A_spelling_that_servers_take_for_the_same_user_is_no_other_user_to_the_limit_of_devices(string one, string two)
    {
        await using var signIns = await StartAsync();
        _answer = With("Filter-Id = guest");
        await signIns.LoginAsync(one);

        Assert.IsType<LoginOutcome.DeviceLimit>(await signIns.LoginAsync(two, client: "192.0.2.8"));
    }

    [Fact]
    public async Task What_others_fail_at_elsewhere_does_not_lock_a_user_out_of_a_device_at_which_a_server_accepted_him()
    {
        await using var signIns = await StartAsync(("Throttle:UserFailures", "2"), ("Throttle:ClientFailures", "3"));
        await signIns.LoginAsync();
        _answer = Replies.Reject();
        await signIns.LoginAsync(client: "192.0.2.66");
        await signIns.LoginAsync(client: "192.0.2.66");
        _answer = Replies.Accept();

        var stranger = await signIns.LoginAsync(client: "192.0.2.67");
        var owner = await signIns.LoginAsync();
        var strangerAgain = await signIns.LoginAsync(client: "192.0.2.67");

        Assert.IsType<LoginOutcome.Throttled>(stranger);
        Assert.IsType<LoginOutcome.SignedIn>(owner);
        Assert.IsType<LoginOutcome.Throttled>(strangerAgain);
    }

    [Fact]
    public async Task A_device_at_which_a_server_accepted_the_user_has_its_own_failures_counted_all_the_same()
    {
        await using var signIns = await StartAsync(("Throttle:UserFailures", "2"), ("Throttle:ClientFailures", "3"));
        await signIns.LoginAsync();
        _answer = Replies.Reject();

        var outcomes = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            outcomes.Add((await signIns.LoginAsync()).GetType().Name);
        }

        Assert.Equal("Rejected Rejected Rejected Throttled Throttled", string.Join(' ', outcomes));
    }

    [Fact]
    public async Task A_second_step_that_nobody_answers_grants_nothing()
    {
        await using var signIns = await StartAsync();
        _answer = With("Class = clinic");
        await signIns.LoginAsync();
        _answer = Replies.Challenge([1]);
        var challenged = Assert.IsType<LoginOutcome.Challenged>(await signIns.LoginAsync());
        _answer = null;

        Assert.IsType<LoginOutcome.NoAnswer>(await signIns.ToTheEndAsync(signIns.AnswerAsync(challenged.ChallengeId)));
    }

    private static RadiusPacket With(params string[] attributes)
    {
        var packet = Replies.Accept();
        foreach (var attribute in Policy.Rules.Accept(attributes).Attributes)
        {
            packet.Attributes.Add(attribute.Type, attribute.Value.Span);
        }

        return packet;
    }

    private static Task<List<PolicyDecision>> RecordsAsync(SignIns signIns) =>
        signIns.Gateway.ReadAsync(database => database.Set<PolicyDecision>().OrderBy(decision => decision.Id).ToListAsync(Token));

    private static async Task<PolicyDecision> RecordAsync(SignIns signIns) => Assert.Single(await RecordsAsync(signIns));

    private Task<SignIns> StartAsync(params (string Key, string Value)[] settings) => StartAsync(StorageProvider.Sqlite, settings);

    private async Task<SignIns> StartAsync(StorageProvider provider, params (string Key, string Value)[] settings)
    {
        var file = Path.Combine(_folder.FullName, "policies.json");
        await File.WriteAllTextAsync(file, Document, Token);
        return await SignIns.StartAsync(provider, postgres, _ => _answer, Gateways.Secret, [("Policy:File", file), .. settings]);
    }
}
