using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Authentication;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

/// <summary>A server may return another User-Name than was typed (RFC 2865 section 5.1); people and rules know the one that was typed.</summary>
public sealed class TypedNameTests(PostgreSqlServer postgres) : IDisposable
{
    private const string Document = """
        {
          "roles": [ { "name": "clinic", "noAnswer": { "acceptedWithin": "2.00:00:00", "for": "00:30:00", "withoutPassword": true, "role": "clinic" } } ],
          "rules": [
            { "name": "closed", "when": { "user": "eve" }, "refuse": "Closed." },
            { "name": "clinic", "when": { "group": "clinic" }, "role": "clinic" }
          ]
        }
        """;

    private readonly TemporaryFolder _folder = new();
    private RadiusPacket? _answer = Alias("alias-of-alice");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task The_session_keeps_both_names_over_a_restart(StorageProvider provider)
    {
        await using var signIns = await StartAsync(provider);

        Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync());
        await signIns.Gateway.RestartAsync(killed: true);

        Assert.True(signIns.Gateway.Table.TryGet(System.Net.IPAddress.Parse(SignIns.Client), out var session));
        Assert.Equal(("alias-of-alice", "alice", "alice"), (session.UserName, session.TypedName, session.JudgedName));
    }

    [Fact]
    public async Task A_returned_name_that_is_the_typed_one_is_kept_once()
    {
        _answer = Alias("alice");
        await using var signIns = await StartAsync(StorageProvider.Sqlite);

        Assert.Null(Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync()).Session.TypedName);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task When_no_server_answers_a_user_is_known_by_the_name_that_he_types(StorageProvider provider)
    {
        await using var signIns = await StartAsync(provider);
        await signIns.LoginAsync();
        _answer = null;
        await signIns.OthersFindNoAnswerAsync();

        Assert.IsType<LoginOutcome.NoAnswer>(await signIns.LoginToTheEndAsync("alias-of-alice"));
        Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginToTheEndAsync("ALICE"));
    }

    [Fact]
    public async Task Access_that_was_withdrawn_from_the_account_is_withdrawn_from_whoever_types_another_name_of_it()
    {
        await using var signIns = await StartAsync(StorageProvider.Sqlite);
        await signIns.LoginAsync();
        var elsewhere = Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync("ali", client: "192.0.2.8"));
        signIns.Gateway.Time.Advance(TimeSpan.FromMinutes(1));
        await signIns.Gateway.Sessions.CloseAsync(elsewhere.Session.AcctSessionId, AcctTerminateCause.AdminReset, Token);
        _answer = null;
        await signIns.OthersFindNoAnswerAsync();

        Assert.IsType<LoginOutcome.NoAnswer>(await signIns.LoginToTheEndAsync());
    }

    [Fact]
    public async Task A_user_who_was_accepted_here_need_not_wait_for_what_others_tried_under_the_name_that_he_types()
    {
        await using var signIns = await StartAsync(StorageProvider.Sqlite, ("Throttle:UserFailures", "1"));
        await signIns.LoginAsync();
        _answer = Replies.Reject();
        await signIns.LoginAsync(client: "192.0.2.8");
        Assert.IsType<LoginOutcome.Throttled>(await signIns.LoginAsync(client: "192.0.2.9"));
        _answer = Alias("alias-of-alice");

        Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync());
    }

    [Fact]
    public async Task When_the_server_is_asked_again_the_rules_judge_the_name_that_was_typed()
    {
        await using var scene = await RenewalScene.StartAsync(StorageProvider.Sqlite, postgres, _ => Replies.Accept(), opening => opening with { UserName = "alias-of-eve", TypedName = "eve" }, ("Policy:File", await WriteAsync()));

        await scene.ComeToTheEndAsync();
        await scene.WaitAsync(() => scene.Session is null);

        Assert.True(scene.Server.Requests.TryDequeue(out var request));
        Assert.Equal("alias-of-eve", request.UserName);
        var record = Assert.Single(await scene.Gateway.ReadAsync(database => database.Set<PolicyDecision>().ToListAsync(Token)));
        Assert.Equal(("closed", "eve", "EVE", DecisionOutcomes.NotRenewed), (record.Rule, record.UserName, record.UserKey, record.Outcome));
        Assert.True(ExchangeRecord.TryRead(record.Exchange, out var exchange));
        Assert.Equal("Access-Accept", exchange.Reply!.Name);
    }

    private static RadiusPacket Alias(string name) => Replies.Accept(accept =>
    {
        accept.UserName = name;
        accept.Attributes.Add(RadiusAttributeType.Class, "clinic"u8);
    });

    private async Task<SignIns> StartAsync(StorageProvider provider, params (string Key, string Value)[] settings) =>
        await SignIns.StartAsync(provider, postgres, _ => _answer, Gateways.Secret, [("Policy:File", await WriteAsync()), .. settings]);

    private async Task<string> WriteAsync()
    {
        var file = Path.Combine(_folder.FullName, "policies.json");
        await File.WriteAllTextAsync(file, Document, Token);
        return file;
    }
}
