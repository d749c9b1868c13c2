using System.Text;
using NacGateway.Core.Authentication;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

public sealed class LoginChallengeTests(PostgreSqlServer postgres)
{
    private static readonly byte[] s_state = [.. Enumerable.Range(0, 253).Select(n => (byte)(n * 7))];

    [Fact]
    [Requirement("RCH-2", "RCH-3")]
    public async Task The_answer_goes_in_place_of_the_password_with_the_state_untouched()
    {
        await using var signIns = await SignIns.StartAsync(postgres, request => request.State is null ? Replies.Challenge(s_state, "Code?") : Replies.Accept(), settings: ("Radius:Servers:0:Method", "Chap"));
        var challenged = Assert.IsType<LoginOutcome.Challenged>(await signIns.LoginAsync());

        var signedIn = Assert.IsType<LoginOutcome.SignedIn>(await signIns.AnswerAsync(challenged.ChallengeId, "123456"));

        Assert.Equal(("alice", "Code?", false), (challenged.UserName, Assert.Single(challenged.Messages), challenged.Echo));
        var (first, second) = (signIns.Server.Requests.First(), signIns.Server.Requests.Last());
        Assert.Equal(s_state, second.State!.Value.ToArray());
        Assert.Equal("alice", second.UserName);
        Assert.Equal((first.AcctSessionId, signedIn.Session.AcctSessionId), (second.AcctSessionId, second.AcctSessionId));
        Assert.False(first.Authenticator.SequenceEqual(second.Authenticator));
        Assert.False(second.Attributes.TryGetFirst(RadiusAttributeType.ChapPassword, out _));
        var revealed = new byte[128];
        Assert.True(second.TryGetUserPassword(signIns.Server.Secret, revealed, out int length));
        Assert.Equal("123456", Encoding.UTF8.GetString(revealed.AsSpan(0, length)));
    }

    [Theory]
    [InlineData(Prompt.Echo, true)]
    [InlineData(Prompt.NoEcho, false)]
    [InlineData((Prompt)7, false)]
    [Requirement("RCH-7")]
    public async Task Prompt_decides_whether_the_answer_is_shown(Prompt prompt, bool expected)
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ =>
        {
            var challenge = Replies.Challenge(s_state);
            challenge.Prompt = prompt;
            return challenge;
        });

        Assert.Equal(expected, Assert.IsType<LoginOutcome.Challenged>(await signIns.LoginAsync()).Echo);
    }

    [Fact]
    public async Task A_second_answer_to_the_same_challenge_is_not_sent()
    {
        await using var signIns = await SignIns.StartAsync(postgres, request => request.State is null ? Replies.Challenge(s_state) : Replies.Accept());
        var challenged = Assert.IsType<LoginOutcome.Challenged>(await signIns.LoginAsync());
        await signIns.AnswerAsync(challenged.ChallengeId);

        Assert.IsType<LoginOutcome.ChallengeExpired>(await signIns.AnswerAsync(challenged.ChallengeId));

        Assert.Equal(2, signIns.Server.Requests.Count);
    }

    [Fact]
    public async Task Only_the_client_that_was_challenged_may_answer()
    {
        await using var signIns = await SignIns.StartAsync(postgres, request => request.State is null ? Replies.Challenge(s_state) : Replies.Accept());
        var challenged = Assert.IsType<LoginOutcome.Challenged>(await signIns.LoginAsync());

        Assert.IsType<LoginOutcome.ChallengeExpired>(await signIns.AnswerAsync(challenged.ChallengeId, client: "192.0.2.66"));
        Assert.IsType<LoginOutcome.SignedIn>(await signIns.AnswerAsync(challenged.ChallengeId));
    }

    [Fact]
    public async Task A_challenge_is_not_kept_longer_than_five_minutes()
    {
        await using var signIns = await SignIns.StartAsync(postgres, request => request.State is null ? Replies.Challenge(s_state) : Replies.Accept());
        var challenged = Assert.IsType<LoginOutcome.Challenged>(await signIns.LoginAsync());

        signIns.Gateway.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.IsType<LoginOutcome.ChallengeExpired>(await signIns.AnswerAsync(challenged.ChallengeId));
    }

    [Fact]
    [Requirement("RCH-4", "RCH-5")]
    public async Task A_new_sign_in_carries_no_state_of_an_abandoned_one()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Challenge(s_state));
        await signIns.LoginAsync();

        await signIns.LoginAsync();

        Assert.All(signIns.Server.Requests, request => Assert.Null(request.State));
    }

    [Fact]
    public async Task A_server_that_never_stops_asking_is_taken_to_refuse()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Challenge(s_state));
        var outcome = await signIns.LoginAsync();
        int steps = 0;

        while (outcome is LoginOutcome.Challenged challenged && steps < 20)
        {
            outcome = await signIns.AnswerAsync(challenged.ChallengeId);
            steps++;
        }

        Assert.IsType<LoginOutcome.Rejected>(outcome);
        Assert.Equal(LoginReply.MostSteps, steps);
    }

    [Fact]
    public async Task The_answer_goes_to_the_server_that_asked()
    {
        await using var other = new UdpResponder(request => Ask(request, 2));
        await using var signIns = await SignIns.StartAsync(
            postgres,
            request => Ask(request, 1),
            settings:
            [
                ("Radius:Servers:1:Name", "second"),
                ("Radius:Servers:1:Host", "127.0.0.1"),
                ("Radius:Servers:1:AuthenticationPort", $"{other.Port}"),
                ("Radius:Servers:1:Secret", Gateways.Secret),
            ]);

        // Both share the load, so chance alone would not bring ten answers home.
        for (int time = 0; time < 10; time++)
        {
            var challenged = Assert.IsType<LoginOutcome.Challenged>(await signIns.LoginAsync());
            Assert.IsType<LoginOutcome.SignedIn>(await signIns.AnswerAsync(challenged.ChallengeId));
        }
    }

    private static RadiusPacket Ask(RadiusPacket request, byte server) => request.State switch
    {
        null => Replies.Challenge([server]),
        { } state when state.Span[0] == server => Replies.Accept(),
        _ => Replies.Reject(),
    };
}
