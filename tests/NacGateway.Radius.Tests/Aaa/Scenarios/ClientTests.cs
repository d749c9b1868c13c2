using System.Net;
using System.Text;
using NacGateway.Aaa;
using NacGateway.Aaa.Scenarios;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;
using NacGateway.Radius.Transport;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa.Scenarios;

/// <summary>Our client against the examples of scenarios: nothing wrong is believed, and the right answer is found.</summary>
public sealed class ClientTests
{
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(25);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("RID-9", "BLAST-8")]
    public async Task After_a_bad_reply_of_each_kind_the_retransmission_gets_the_right_one()
    {
        string[] kinds = ["authenticator", "unsigned", "signature", "identifier", "port", "truncated", "oversized", "garbage", "flood"];
        await using var server = Start("bad-replies.json", kinds.Select(kind => new AaaUser { Name = $"the-{kind}", Password = "x" }));
        await using var group = Group(server);

        var results = await Task.WhenAll(kinds.Select(kind => AskAsync(group, $"the-{kind}", "x")));

        Assert.All(results, result => Assert.Equal((ExchangeStatus.Answered, RadiusCode.AccessAccept), (result.Status, result.Reply?.Code)));

        // All but the flood needed a second try, and waited for it as after silence.
        Assert.Equal(kinds.Length - 1, results.Count(result => result.Sends > 1));
        var drops = group.Health[0].Drops;
        Assert.All([DropReason.WrongAuthenticator, DropReason.MissingMessageAuthenticator, DropReason.WrongMessageAuthenticator, DropReason.UnknownIdentifier, DropReason.Malformed], reason => Assert.True(drops[reason] > 0, $"{reason}"));
    }

    [Fact]
    public async Task With_three_of_ten_datagrams_lost_in_each_direction_nobody_is_lost()
    {
        await using var server = Start("loss.json", [new AaaUser { Name = "DEFAULT", Password = "x" }]);
        await using var group = Group(server);

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => AskAsync(group, $"user{n}", "x")));

        // Three retransmissions fit the budget: of a hundred, one or two may have no luck with this seed.
        Assert.True(results.Count(result => result.Reply?.Code == RadiusCode.AccessAccept) >= 90, $"{results.Count(result => result.Reply is not null)}");
        Assert.Contains(results, result => result.Sends > 1);
    }

    [Fact]
    public async Task Copies_and_disorder_give_each_his_own_answer()
    {
        await using var server = Start("disorder.json", [new AaaUser { Name = "DEFAULT", Password = "x" }]);
        await using var group = Group(server);

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => AskAsync(group, $"user{n}", n % 2 == 0 ? "x" : "wrong")));

        Assert.All(results.Index(), item => Assert.Equal(item.Index % 2 == 0 ? RadiusCode.AccessAccept : RadiusCode.AccessReject, item.Item.Reply?.Code));
    }

    [Fact]
    public async Task A_chain_of_challenges_is_answered_step_by_step_and_a_wrong_answer_ends_it()
    {
        await using var rig = AaaRig.Start(new UserDirectory([new AaaUser { Name = "carol", Password = "singing", OneTimeCode = "123456", Challenges = 3 }]));

        var first = await rig.PapAsync("carol", "singing");
        var second = await rig.PapAsync("carol", "123456", first.State);
        var third = await rig.PapAsync("carol", "123456", second.State);
        var end = await rig.PapAsync("carol", "123456", third.State);
        var other = await rig.PapAsync("carol", "123456", (await rig.PapAsync("carol", "singing")).State);
        var ended = await rig.PapAsync("carol", "wrong", other.State);
        var replayed = await rig.PapAsync("carol", "123456", other.State);

        Assert.Equal(
            [RadiusCode.AccessChallenge, RadiusCode.AccessChallenge, RadiusCode.AccessChallenge, RadiusCode.AccessAccept, RadiusCode.AccessReject, RadiusCode.AccessReject],
            ((RadiusPacket[])[first, second, third, end, ended, replayed]).Select(reply => reply.Code));
        Assert.Equal(3, ((RadiusPacket[])[first, second, third]).Select(reply => Convert.ToHexString(reply.State!.Value.Span)).Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>RFC 2866 section 2: what could not be stored is not answered, and is stored when it comes again.</summary>
    [Fact]
    [Requirement("ACCT-4")]
    public async Task A_record_that_could_not_be_stored_is_neither_answered_nor_booked_until_it_comes_again()
    {
        await using var server = Start("full-disk.json", []);
        await using var client = new RadiusClient(Settings(server.AccountingEndPoint!), TimeProvider.System);

        for (var n = 1; n <= 3; n++)
        {
            var session = $"s{n}";
            var result = await client.ExchangeAsync(
                RadiusCode.AccountingRequest,
                (request, _) =>
                {
                    request.AcctSessionId = session;
                    request.UserName = "alice";
                    request.Attributes.Add(RadiusAttributeType.AcctStatusType, [0, 0, 0, 1]);
                },
                n < 3 ? s_budget : TimeSpan.FromSeconds(1),
                Token);
            Assert.Equal(n < 3 ? ExchangeStatus.Answered : ExchangeStatus.TimedOut, result.Status);
        }

        Assert.Equal(2, server.Book.Sessions.Count);
    }

    private static Task<ExchangeResult> AskAsync(RadiusServerGroup group, string user, string password) => group.ExchangeAsync(
        RadiusCode.AccessRequest,
        (request, server) =>
        {
            request.AddMessageAuthenticator();
            request.UserName = user;
            request.AddUserPassword(Encoding.UTF8.GetBytes(password), AaaRig.SecretOctets);
        },
        s_budget,
        Token);

    private static AaaServer Start(string scenario, IEnumerable<AaaUser> users) => AaaServer.Start(
        new AaaServerSettings
        {
            Users = new UserDirectory(users),
            Authentication = new IPEndPoint(IPAddress.Loopback, 0),
            Accounting = new IPEndPoint(IPAddress.Loopback, 0),
            Nas = [new NasEntry(IPNetwork.Parse("127.0.0.0/8"), AaaRig.SecretOctets, "loopback")],
            Scenario = Scenario.Load(Path.Combine(Repository.Root, "seeds", "scenarios", scenario)),
            Seed = 20261125,
        },
        TimeProvider.System);

    private static RadiusServerGroup Group(AaaServer server) => new([Settings(server.AuthenticationEndPoint)], TimeProvider.System);

    private static RadiusServerSettings Settings(IPEndPoint server) => new() { Name = "aaa", EndPoint = server, Secret = AaaRig.SecretOctets };
}
