using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Authentication;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

public sealed class SignInRecordTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task The_record_of_a_grant_says_who_from_where_and_what_was_said(StorageProvider provider)
    {
        await using var signIns = await SignIns.StartAsync(provider, postgres, _ => Replies.Accept(accept => accept.Attributes.Add(18, "Wel\u202Ecome\0\nhome"u8)), Gateways.Secret);

        var signedIn = Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync("Alice"));

        var record = Assert.Single(await RecordsAsync(signIns));
        Assert.Equal((true, nameof(LoginOutcome.SignedIn), signedIn.Reference), (record.IsGranted, record.Outcome, record.Reference));
        Assert.Equal(("ALICE", SignIns.Client, "first", "Welcome home"), (record.UserKey, record.ClientAddress, record.ServerName, record.ReplyMessage));
        Assert.NotNull(record.ElapsedMilliseconds);
        Assert.True(ExchangeRecord.TryRead(record.Exchange, out var exchange));
        Assert.Equal(("Access-Request", "Access-Accept"), (exchange.Request!.Name, exchange.Reply!.Name));
        Assert.Contains(exchange.Request.Attributes, attribute => attribute is { Name: "User-Name", Value: "\"Alice\"" });
        Assert.Contains(exchange.Request.Attributes, attribute => attribute is { Name: "User-Password", IsHidden: true });
    }

    [Theory]
    [InlineData("Pap")]
    [InlineData("Chap")]
    [InlineData("MsChapV2")]
    public async Task Neither_password_nor_secret_nor_answer_is_anywhere_in_the_rows(string method)
    {
        const string answer = "the-answer-471100";
        var settings = ("Radius:Servers:0:Method", method);
        await using var signIns = await SignIns.StartAsync(
            postgres,
            request => request.Attributes.CountOf(24) == 0 ? Replies.Challenge("state-of-the-server"u8.ToArray(), "Code?") : Replies.Reject($"No, {answer} is wrong"),
            Gateways.Secret,
            settings,
            ("Radius:Servers:0:AllowMsChapOverUdp", "true"));

        var challenged = Assert.IsType<LoginOutcome.Challenged>(await signIns.LoginAsync());
        Assert.IsType<LoginOutcome.Rejected>(await signIns.AnswerAsync(challenged.ChallengeId, answer));

        var records = await RecordsAsync(signIns);
        Assert.Equal([nameof(LoginOutcome.Challenged), nameof(LoginOutcome.Rejected)], records.Select(record => record.Outcome).ToArray());
        Assert.Equal(records[0].AcctSessionId, records[1].AcctSessionId);
        foreach (var record in records)
        {
            var everything = Encoding.UTF8.GetBytes(record.ToString()).Concat(record.Exchange!).ToArray();
            Assert.All(new[] { SignIns.Password, Gateways.Secret, answer, "state-of-the-server" }, needle => Assert.Equal(-1, everything.AsSpan().IndexOf(Encoding.UTF8.GetBytes(needle))));
        }
    }

    [Fact]
    public async Task Throttled_tries_are_recorded_once_a_minute_with_their_number()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Reject(), Gateways.Secret, ("Throttle:UserFailures", "2"), ("Throttle:Delay", "00:10:00"));
        await signIns.LoginAsync();
        await signIns.LoginAsync();

        for (var i = 0; i < 5; i++)
        {
            Assert.IsType<LoginOutcome.Throttled>(await signIns.LoginAsync());
        }

        signIns.Gateway.Time.Advance(UntriedRecords.Distance);
        await signIns.Gateway.Get<UntriedRecords>().FlushAsync(Token);

        var throttled = (await RecordsAsync(signIns)).Where(record => record.Outcome == nameof(LoginOutcome.Throttled)).ToList();
        Assert.Equal(2, throttled.Count);
        Assert.Contains("too many tries", throttled[0].Words, StringComparison.Ordinal);
        Assert.EndsWith("The last of 4 such tries.", throttled[1].Words, StringComparison.Ordinal);
        Assert.All(throttled, record => Assert.Equal(("ALICE", SignIns.Client, null), (record.UserKey, record.ClientAddress, record.Exchange)));
    }

    [Fact]
    public async Task Whoever_tries_under_ever_other_names_cannot_fill_the_table()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Reject(), Gateways.Secret, ("Throttle:ClientFailures", "1"), ("Throttle:Delay", "01:00:00"));
        await signIns.LoginAsync();

        for (var i = 0; i < 2 * UntriedRecords.MostTogether; i++)
        {
            await signIns.LoginAsync($"made-up-{i}");
        }

        Assert.Equal(UntriedRecords.MostTogether, (await RecordsAsync(signIns)).Count(record => record.Outcome == nameof(LoginOutcome.Throttled)));
    }

    [Fact]
    public async Task What_the_database_could_not_take_is_recorded_when_it_is_back()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept());
        signIns.Gateway.Faults.Begin = () => throw new IOException("the disk is full");

        Assert.IsType<LoginOutcome.StorageUnavailable>(await signIns.LoginAsync());
        signIns.Gateway.Faults.Begin = null;
        await signIns.Gateway.Get<DecisionLog>().WriteKeptAsync(Token);

        var record = Assert.Single(await RecordsAsync(signIns));
        Assert.Equal((false, nameof(LoginOutcome.StorageUnavailable)), (record.IsGranted, record.Outcome));
        Assert.Contains("first accepted, but the database could not record the session.", record.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_the_client_came_is_in_the_record_and_forgotten_when_it_is_on()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept());
        var client = ClientKey.From(IPAddress.Parse(SignIns.Client));
        var arrivals = signIns.Gateway.Get<ClientArrivals>();
        arrivals.Note(client, ArrivalAnswer.Redirect, "connectivity.example", "Phone/1");
        arrivals.NotePortal(client, "Browser/1");

        await signIns.LoginAsync();

        Assert.True(ClientArrival.TryRead(Assert.Single(await RecordsAsync(signIns)).Arrival, out var arrival));
        Assert.Equal(("connectivity.example", "Phone/1", signIns.Gateway.Time.GetUtcNow()), (arrival.First!.Host, arrival.UserAgent, arrival.PortalOpenedAt));
        Assert.Null(arrivals.Find(client));
    }

    [Fact]
    public void The_words_that_are_decided_below_the_sign_in_are_those_of_its_outcomes() => Assert.Equal(nameof(LoginOutcome.DeviceLimit), DecisionOutcomes.DeviceLimit);

    private static Task<List<PolicyDecision>> RecordsAsync(SignIns signIns) => signIns.Gateway.ReadAsync(database => database.Set<PolicyDecision>().OrderBy(record => record.Id).ToListAsync(Token));
}
