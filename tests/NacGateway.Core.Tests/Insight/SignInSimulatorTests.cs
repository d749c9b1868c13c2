using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.Simulation;
using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Documents;
using NacGateway.Core.Tests.Authentication;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Insight;

/// <summary>The simulator's answer is that of a sign-in: the same record, the same limits, the same outcome, whatever the user, time, rules and answer.</summary>
public sealed class SignInSimulatorTests(PostgreSqlServer postgres)
{
    private static readonly string[] s_users = ["alice", "Bob", "carol@example.org", "EXAMPLE\\dan", "zoë", "<script>alert(1)</script>"];
    private static readonly string?[] s_macs = [null, "02-00-5e-00-53-01", "a2:37:d4:84:7e:4d", "A237.D484.7E4D"];
    private static readonly string[] s_addresses = ["192.0.2.7", "192.0.2.8", "198.51.100.9", "2001:db8::7"];
    private static readonly string[] s_conditions =
    [
        """{ "user": "alice" }""", """{ "user": "*o*" }""", """{ "realm": "example*" }""", """{ "realm": "" }""", """{ "group": "staff" }""", """{ "address": "192.0.2.0/24" }""",
        """{ "device": "02" }""", """{ "ssid": "Guests" }""", """{ "time": { "from": "07:00", "to": "12:00" } }""", """{ "time": { "days": "Mon-Tue", "from": "12:00", "to": "05:00" } }""",
        """{ "reply": { "attribute": "Filter-Id", "is": [ "r1" ] } }""", """{ "user": "*", "group": "guest" }""",
    ];

    private static readonly string[] s_attributes =
    [
        "Class = staff", "Class = guest", "Session-Timeout = 5400", "Session-Timeout = 77", "Idle-Timeout = 300", "Filter-Id = r1", "Filter-Id = R2", "Filter-Id = unheard-of", "WISPr-Bandwidth-Max-Up = 128000",
        "Acct-Interim-Interval = 900", "Reply-Message = \"Welcome to <b>us</b>\"", "User-Name = \"returned\"", "Service-Type = Administrative-User", "Tunnel-Type:1 = VLAN", "Port-Limit = 3",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [1, 2, 3];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_simulation_and_a_sign_in_have_the_same_record_field_by_field(int seed)
    {
        var random = new Random(seed);
        RadiusPacket answer = Replies.Accept();
        await using var signIns = await SignIns.StartAsync(postgres, _ => answer, Gateways.Secret, ("Sessions:MaxPerUser", "2"), ("Throttle:UserFailures", "100"), ("Throttle:ClientFailures", "100"), ("Sessions:SessionTimeout", "08:00:00"), ("Radius:CalledStationId", "02-00-5E-00-53-01:Guests"));
        var gateway = signIns.Gateway;
        HashSet<string> outcomes = [];
        for (var round = 0; round < 40; round++)
        {
            gateway.Time.Advance(TimeSpan.FromMinutes(random.Next(1, 90)));
            await gateway.Sweeper.SweepAsync(Token);
            var (version, draft) = round % 6 == 0 ? await ChangeRulesAsync(gateway, random) : (0, null);
            // Each seed meets each kind of answer, whatever its dice say.
            var asked = Ask(random) with { Answer = (round % 10) switch { 3 => SimulatedAnswer.Reject, 7 => SimulatedAnswer.Challenge, _ => SimulatedAnswer.Accept } };
            answer = Answer(asked);

            var underDraft = draft is null ? null : await RunAsync(gateway, asked with { Policy = draft });
            if (draft is not null)
            {
                await gateway.Get<PolicyUpkeep>().FollowAsync(Token);
                Assert.Equal(version, gateway.Get<PolicyBook>().Current.Version);
            }

            var simulated = await RunAsync(gateway, asked);
            var live = await gateway.Get<LoginService>().LoginAsync(new LoginAttempt { ClientAddress = asked.ClientAddress, UserName = asked.UserName, Password = SignIns.Password, CallingStationId = asked.CallingStationId }, Token);

            var record = await gateway.ReadAsync(database => database.Set<PolicyDecision>().OrderByDescending(row => row.Id).FirstAsync(Token));
            Assert.Equal(live.Reference, record.Reference);
            Assert.Equal(Fields(record), Fields(simulated.Record!));
            Assert.Equal(record.At, simulated.Record!.At);
            Assert.Equal((live as LoginOutcome.SignedIn)?.Session.Limits, simulated.Limits);
            Assert.Equal(Bare(live), Bare(simulated.Outcome));
            if (underDraft is not null)
            {
                Assert.Equal(Fields(record), Fields(underDraft.Record!));
            }

            if (live is LoginOutcome.SignedIn)
            {
                Assert.All(simulated.Ends, ended => Assert.False(gateway.Table.TryFind(ended, out _)));
            }

            outcomes.Add(record.Outcome!);
        }

        Assert.Superset(new HashSet<string>(["SignedIn", "Rejected", "UnusableAccept", "Refused", "Challenged"], StringComparer.Ordinal), outcomes);
    }

    [Fact]
    public async Task One_device_too_many_is_refused_by_both()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept(), Gateways.Secret, ("Sessions:MaxPerUser", "1"));
        await signIns.LoginAsync(client: "192.0.2.1");

        var simulated = await RunAsync(signIns.Gateway, Of("alice", "192.0.2.2"));
        var same = await RunAsync(signIns.Gateway, Of("alice", "192.0.2.1"));
        var live = await signIns.LoginAsync(client: "192.0.2.2");

        var limit = Assert.IsType<LoginOutcome.DeviceLimit>(live);
        Assert.Equal(limit with { Reference = "" }, Assert.IsType<LoginOutcome.DeviceLimit>(simulated.Outcome) with { Reference = "" });
        var record = await signIns.Gateway.ReadAsync(database => database.Set<PolicyDecision>().OrderByDescending(row => row.Id).FirstAsync(Token));
        Assert.Equal(Fields(record), Fields(simulated.Record!));
        Assert.Null(same.Outcome);
        Assert.Single(same.Ends);
        Assert.Equal(1, signIns.Gateway.Table.Count);
    }

    [Fact]
    public async Task Silence_of_all_servers_is_judged_alike()
    {
        RadiusPacket? answer = Replies.Accept();
        await using var signIns = await SignIns.StartAsync(postgres, _ => answer);
        await signIns.Gateway.Get<PolicyStore>().ApplyAsync("""{ "noAnswer": { "acceptedWithin": "2.00:00:00", "for": "00:30:00", "withoutPassword": true, "role": "guest" }, "roles": [ { "name": "guest" } ], "rules": [ { "name": "closed", "when": { "user": "eve" }, "refuse": "Closed." } ] }""", "test", Token);
        await signIns.Gateway.Get<PolicyUpkeep>().FollowAsync(Token);
        await signIns.LoginAsync();
        answer = null;
        await signIns.OthersFindNoAnswerAsync();

        foreach (var user in new[] { "alice", "eve", "stranger" })
        {
            var simulated = await RunAsync(signIns.Gateway, Of(user, SignIns.Client) with { Answer = SimulatedAnswer.None });
            var live = await signIns.LoginToTheEndAsync(user);

            var record = await signIns.Gateway.ReadAsync(database => database.Set<PolicyDecision>().OrderByDescending(row => row.Id).FirstAsync(Token));
            Assert.Equal(Fields(record) with { ServerName = null }, Fields(simulated.Record!) with { ServerName = null });
            Assert.Equal(Bare(live), Bare(simulated.Outcome));
            Assert.Equal((live as LoginOutcome.SignedIn)?.Session.Limits, simulated.Limits);
        }
    }

    [Fact]
    public async Task Nothing_is_opened_recorded_or_counted_and_who_has_to_wait_is_told()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Reject(), Gateways.Secret, ("Throttle:UserFailures", "2"));
        await RunAsync(signIns.Gateway, Of("alice", "192.0.2.1") with { Answer = SimulatedAnswer.Reject });
        await RunAsync(signIns.Gateway, Of("alice", "192.0.2.1"));
        var free = await RunAsync(signIns.Gateway, Of("alice", "192.0.2.1"));
        await signIns.LoginAsync();
        await signIns.LoginAsync();

        var held = await RunAsync(signIns.Gateway, Of("alice", "192.0.2.1"));

        Assert.Null(free.HeldUntil);
        Assert.Equal(Assert.IsType<LoginOutcome.Throttled>(await signIns.LoginAsync()).Until, held.HeldUntil);
        Assert.Equal(0, signIns.Gateway.Table.Count);
        Assert.Equal(3, await signIns.Gateway.ReadAsync(database => database.Set<PolicyDecision>().CountAsync(Token)));
    }

    [Fact]
    public async Task What_RADIUS_cannot_carry_is_not_sendable_in_the_simulator_either()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept());

        var simulated = await RunAsync(signIns.Gateway, Of("a\0b", "192.0.2.1"));

        Assert.IsType<LoginOutcome.NotSendable>(simulated.Outcome);
        Assert.Null(simulated.Record);
        Assert.IsType<LoginOutcome.NotSendable>(await signIns.LoginAsync("a\0b"));
    }

    private static Task<SimulatedOutcome> RunAsync(Gateways gateway, SimulatedSignIn asked) => gateway.Get<SignInSimulator>().RunAsync(asked, Token);

    private static SimulatedSignIn Of(string user, string address) => new() { UserName = user, ClientAddress = IPAddress.Parse(address), ServerName = "first" };

    private static SimulatedSignIn Ask(Random random) => Of(Pick(random, s_users), Pick(random, s_addresses)) with
    {
        CallingStationId = Pick(random, s_macs),
        Reply = Policy.Rules.Accept(Enumerable.Range(0, random.Next(5)).Select(_ => Pick(random, s_attributes)).Distinct(StringComparer.Ordinal)).Attributes,
    };

    private static RadiusPacket Answer(SimulatedSignIn asked)
    {
        var packet = asked.Answer switch { SimulatedAnswer.Reject => Replies.Reject(), SimulatedAnswer.Challenge => Replies.Challenge([1, 2, 3]), _ => Replies.Accept() };
        foreach (var attribute in asked.Reply)
        {
            packet.Attributes.Add(attribute.Type, attribute.Value.Span);
        }

        return packet;
    }

    /// <summary>Saves other rules, which are not in force yet; the version that they will be, and the rules.</summary>
    private static async Task<(int Version, AccessPolicy? Draft)> ChangeRulesAsync(Gateways gateway, Random random)
    {
        var roles = Enumerable.Range(0, 3).Select(n => string.Create(CultureInfo.InvariantCulture, $$"""{ "name": "r{{n}}", "limits": { "sessionTimeout": "{{random.Next(1, 9)}}:00:00", "uploadRate": {{random.Next(1, 9)}}000000 }, "devices": { "most": {{random.Next(1, 4)}}, "oneMore": "{{(random.Next(2) == 0 ? "endOldest" : "refuse")}}" } }"""));
        var rules = Enumerable.Range(0, random.Next(1, 6)).Select(n => $$"""{ "name": "rule {{n}}", "when": {{Pick(random, s_conditions)}}, {{(random.Next(4) == 0 ? "\"refuse\": \"Closed.\"" : $"\"role\": \"r{random.Next(3)}\"")}} }""");
        var unknown = random.Next(2) == 0 ? """, "unknownRoles": "ignore" """ : "";
        var document = $$"""{ "roles": [ {{string.Join(',', roles)}} ], "rules": [ {{string.Join(',', rules)}} ]{{unknown}} }""";
        var applied = await gateway.Get<PolicyStore>().ApplyAsync(document, "test", Token);
        Assert.Empty(applied.Errors);
        Assert.True(PolicyDocument.TryParse(document, applied.Version, out var policy, out _));
        return (applied.Version, policy);
    }

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];

    /// <summary>All fields of a record that do not tell one sign-in from the next.</summary>
    private static PolicyDecision Fields(PolicyDecision record) => record with
    {
        Id = 0,
        At = default,
        AcctSessionId = "",
        Reference = null,
        Arrival = null,
        Exchange = null,
        ElapsedMilliseconds = null,
        Words = record.Words[(record.Words.IndexOf(": ", StringComparison.Ordinal) + 2)..],
    };

    private static string Bare(LoginOutcome? outcome) => outcome switch
    {
        null or LoginOutcome.SignedIn => "signed in",
        LoginOutcome.Challenged challenged => $"challenged {string.Join('|', challenged.Messages)} {challenged.Echo}",
        LoginOutcome.Rejected rejected => $"rejected {string.Join('|', rejected.Messages)}",
        _ => (outcome with { Reference = "" }).ToString(),
    };
}
