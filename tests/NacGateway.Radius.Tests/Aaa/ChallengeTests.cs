using NacGateway.Aaa;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa;

public sealed class ChallengeTests
{
    private const string Users = """
        { "users": [
          { "name": "bob", "password": "builder", "oneTimeCode": "123456", "question": "Six digits?", "echo": true, "reply": [ "Session-Timeout = 60" ] },
          { "name": "ann", "password": "builder", "oneTimeCode": "123456" },
          { "name": "DEFAULT", "password": "visitor", "oneTimeCode": "000000" }
        ] }
        """;

    [Fact]
    public async Task The_right_password_is_asked_for_a_code()
    {
        await using var rig = AaaRig.Start(Users);

        var reply = await rig.PapAsync("bob", "builder");

        Assert.Equal(RadiusCode.AccessChallenge, reply.Code);
        Assert.Equal(("Six digits?", Prompt.Echo, 16), (Assert.Single(reply.ReplyMessages), reply.Prompt, reply.State!.Value.Length));
        Assert.Null(reply.SessionTimeout);
    }

    [Fact]
    public async Task A_code_is_not_shown_while_typing_unless_the_user_says_so()
    {
        await using var rig = AaaRig.Start(Users);

        Assert.Equal(Prompt.NoEcho, (await rig.PapAsync("ann", "builder")).Prompt);
    }

    [Fact]
    public async Task A_wrong_password_is_rejected_and_not_asked_for_a_code()
    {
        await using var rig = AaaRig.Start(Users);

        Assert.Equal(RadiusCode.AccessReject, (await rig.PapAsync("bob", "wrong")).Code);
    }

    [Theory]
    [InlineData("bob", "builder")]
    [InlineData("whoever", "visitor")]
    public async Task The_right_code_is_accepted_once(string name, string password)
    {
        await using var rig = AaaRig.Start(Users);
        var code = name == "bob" ? "123456" : "000000";
        var state = await StateAsync(rig, name, password);

        var accept = await rig.PapAsync(name, code, state);
        var again = await rig.PapAsync(name, code, state);

        Assert.Equal((RadiusCode.AccessAccept, RadiusCode.AccessReject), (accept.Code, again.Code));
        Assert.Equal(name == "bob" ? 60u : null, accept.SessionTimeout);
    }

    [Theory]
    [InlineData("654321")]
    [InlineData("12345")]
    [InlineData("")]
    [InlineData("builder")]
    public async Task A_wrong_code_is_rejected_and_uses_the_challenge_up(string code)
    {
        await using var rig = AaaRig.Start(Users);
        var state = await StateAsync(rig, "bob");

        var wrong = await rig.PapAsync("bob", code, state);
        var right = await rig.PapAsync("bob", "123456", state);

        Assert.Equal((RadiusCode.AccessReject, RadiusCode.AccessReject), (wrong.Code, right.Code));
        Assert.Equal("no such challenge", rig.Events.Last().Reason);
    }

    [Theory]
    [InlineData(0, RadiusCode.AccessReject)]
    [InlineData(-1, RadiusCode.AccessAccept)]
    public async Task A_challenge_is_good_for_its_lifetime(int ticksMore, RadiusCode code)
    {
        await using var rig = AaaRig.Start(Users);
        var state = await StateAsync(rig, "bob");

        rig.Time.Advance(OpenChallenges.Lifetime + TimeSpan.FromTicks(ticksMore));

        Assert.Equal(code, (await rig.PapAsync("bob", "123456", state)).Code);
    }

    [Fact]
    public async Task The_state_of_another_user_is_rejected_and_stays_his()
    {
        await using var rig = AaaRig.Start(Users);
        var state = await StateAsync(rig, "bob");

        var other = await rig.PapAsync("ann", "123456", state);
        var owner = await rig.PapAsync("bob", "123456", state);

        Assert.Equal((RadiusCode.AccessReject, RadiusCode.AccessAccept), (other.Code, owner.Code));
    }

    [Fact]
    public async Task The_state_of_another_nas_is_rejected_and_stays_its()
    {
        await using var rig = AaaRig.Start(Users);
        var state = (await rig.SendAsync(AaaRig.Pap(1, "bob", "builder"))).State!.Value;

        var other = await rig.SendAsync(AaaRig.Pap(2, "bob", "123456", packet => packet.State = state), from: "127.0.0.2");
        var owner = await rig.SendAsync(AaaRig.Pap(3, "bob", "123456", packet => packet.State = state));

        Assert.Equal((RadiusCode.AccessReject, RadiusCode.AccessAccept), (other.Code, owner.Code));
    }

    [Fact]
    public async Task A_state_that_was_never_given_is_rejected_though_the_password_is_right()
    {
        await using var rig = AaaRig.Start(Users);

        Assert.Equal(RadiusCode.AccessReject, (await rig.PapAsync("bob", "123456", new byte[16])).Code);
        Assert.Equal(RadiusCode.AccessReject, (await rig.PapAsync("bob", "builder", new byte[253])).Code);
    }

    [Fact]
    public async Task Who_began_by_MS_CHAPv2_answers_with_the_code_in_the_clear()
    {
        await using var rig = AaaRig.Start(Users);
        var (challenge, _) = await rig.MsChap2Async("bob", "builder");

        var accept = await rig.PapAsync("bob", "123456", challenge.State);

        Assert.Equal((RadiusCode.AccessChallenge, RadiusCode.AccessAccept), (challenge.Code, accept.Code));
    }

    [Fact]
    public async Task A_digest_of_the_code_is_no_answer()
    {
        await using var rig = AaaRig.Start(Users);
        var state = await StateAsync(rig, "bob");

        var reply = await rig.AskAsync("bob", request =>
        {
            request.AddChapPassword(1, "123456"u8);
            request.State = state;
        });

        Assert.Equal(RadiusCode.AccessReject, reply.Code);
    }

    [Fact]
    public async Task A_users_file_can_ask_for_a_code_too()
    {
        await using var rig = AaaRig.Start("bob Cleartext-Password := \"builder\", One-Time-Code := \"77\", Challenge-Question := \"Which?\"\n");

        var challenge = await rig.PapAsync("bob", "builder");
        var accept = await rig.PapAsync("bob", "77", challenge.State);

        Assert.Equal(("Which?", RadiusCode.AccessAccept), (Assert.Single(challenge.ReplyMessages), accept.Code));
    }

    [Fact]
    public async Task Who_floods_with_challenges_displaces_his_own_oldest_and_nobody_elses()
    {
        await using var rig = AaaRig.Start(Users);
        var ann = await StateAsync(rig, "ann");
        List<ReadOnlyMemory<byte>> bob = [];
        for (var i = 0; i <= OpenChallenges.CapacityOfOne; i++)
        {
            bob.Add(await StateAsync(rig, "bob"));
        }

        Assert.Equal(RadiusCode.AccessReject, (await rig.PapAsync("bob", "123456", bob[0])).Code);
        Assert.Equal(RadiusCode.AccessAccept, (await rig.PapAsync("bob", "123456", bob[1])).Code);
        Assert.Equal(RadiusCode.AccessAccept, (await rig.PapAsync("ann", "123456", ann)).Code);
    }

    private static async Task<ReadOnlyMemory<byte>> StateAsync(AaaRig rig, string name, string password = "builder")
    {
        var reply = await rig.PapAsync(name, password);
        Assert.Equal(RadiusCode.AccessChallenge, reply.Code);
        return reply.State!.Value;
    }
}
