using System.Text;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa;

public sealed class SignInMethodTests
{
    private const string Users = """
        alice   Cleartext-Password := "wönderland"
                Session-Timeout = 3600,
                Reply-Message = "Welcome"
        olga    Cleartext-Password := "yesterday", Password-Expired := Yes
        eve     Cleartext-Password := "apple", Auth-Type := Reject
                Reply-Message = "Locked.",
                Reply-Message += "See the desk."
        guest   Auth-Type := Accept
                Class = 0x0102
        """;

    [Theory]
    [InlineData("alice", "wönderland", RadiusCode.AccessAccept)]
    [InlineData("alice", "wönderlan", RadiusCode.AccessReject)]
    [InlineData("alice", "wönderlandx", RadiusCode.AccessReject)]
    [InlineData("alice", "", RadiusCode.AccessReject)]
    [InlineData("Alice", "wönderland", RadiusCode.AccessReject)]
    [InlineData("nobody", "", RadiusCode.AccessReject)]
    [InlineData("olga", "yesterday", RadiusCode.AccessReject)]
    [InlineData("eve", "apple", RadiusCode.AccessReject)]
    [InlineData("guest", "anything", RadiusCode.AccessAccept)]
    public async Task A_password_and_a_digest_of_it_are_judged_alike(string name, string password, RadiusCode code)
    {
        await using var rig = AaaRig.Start(Users);

        Assert.Equal(code, (await rig.PapAsync(name, password)).Code);
        Assert.Equal(code, (await rig.ChapAsync(name, password)).Code);
        Assert.Equal(code, (await rig.ChapAsync(name, password, [1, 2, 3, 4, 5, 6, 7, 8])).Code);
        Assert.Equal(code, (await rig.MsChap2Async(name, password)).Reply.Code);
        Assert.Equal(["PAP", "CHAP", "CHAP", "MS-CHAPv2"], rig.Events.Select(item => item.Method).ToArray());
    }

    [Fact]
    public async Task An_accept_carries_the_reply_attributes_and_a_wrong_password_none()
    {
        await using var rig = AaaRig.Start(Users);

        var accept = await rig.PapAsync("alice", "wönderland");
        var reject = await rig.PapAsync("alice", "wrong");

        Assert.Equal(3600u, accept.SessionTimeout);
        Assert.Equal(["Welcome"], accept.ReplyMessages);
        Assert.Equal<byte>([RadiusAttributeType.MessageAuthenticator], reject.Attributes.Select(attribute => attribute.Type));
    }

    [Fact]
    public async Task The_server_proves_by_MS_CHAPv2_that_it_knows_the_password()
    {
        await using var rig = AaaRig.Start(Users);

        var (reply, proven) = await rig.MsChap2Async("alice", "wönderland");

        Assert.Equal(RadiusCode.AccessAccept, reply.Code);
        Assert.True(proven);
        Assert.True(reply.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Success, out var success));
        Assert.Matches("^S=[0-9A-F]{40}$", Encoding.ASCII.GetString(success[1..]));
    }

    [Theory]
    [InlineData("alice", "wrong", MsChapErrorCode.AuthenticationFailure, true)]
    [InlineData("nobody", "wrong", MsChapErrorCode.AuthenticationFailure, true)]
    [InlineData("olga", "yesterday", MsChapErrorCode.PasswordExpired, false)]
    [InlineData("olga", "wrong", MsChapErrorCode.AuthenticationFailure, true)]
    [InlineData("eve", "apple", MsChapErrorCode.AccountDisabled, false)]
    public async Task MS_CHAPv2_is_told_why_it_failed(string name, string password, MsChapErrorCode code, bool mayRetry)
    {
        await using var rig = AaaRig.Start(Users);

        var error = (await rig.MsChap2Async(name, password)).Reply.GetMsChapError();

        Assert.NotNull(error);
        Assert.Equal((code, mayRetry, (byte)9, 3, 16), (error.Code, error.RetryAllowed, error.Ident, error.Version, error.Challenge.Length));
    }

    [Fact]
    public async Task Who_is_accepted_whatever_the_password_gets_no_proof_of_one()
    {
        await using var rig = AaaRig.Start(Users);

        var (reply, proven) = await rig.MsChap2Async("guest", "anything");

        Assert.Equal((RadiusCode.AccessAccept, false), (reply.Code, proven));
        Assert.Single(reply.Classes);
    }

    [Fact]
    public async Task A_rejection_carries_every_Reply_Message_of_its_user()
    {
        await using var rig = AaaRig.Start(Users);

        var reply = await rig.PapAsync("eve", "apple");

        Assert.Equal(["Locked.", "See the desk."], reply.ReplyMessages);
    }

    [Fact]
    public async Task An_unknown_user_is_answered_like_a_wrong_password()
    {
        await using var rig = AaaRig.Start(Users);

        foreach (var ask in (Func<string, Task<RadiusPacket>>[])[name => rig.PapAsync(name, "wrong"), name => rig.ChapAsync(name, "wrong"), async name => (await rig.MsChap2Async(name, "wrong")).Reply])
        {
            var known = await ask("alice");
            var unknown = await ask("nobody");

            Assert.Equal((known.Code, known.EncodedLength), (unknown.Code, unknown.EncodedLength));
            Assert.Equal(known.Attributes.Select(attribute => attribute.Type), unknown.Attributes.Select(attribute => attribute.Type));
        }
    }

    [Fact]
    public async Task Two_methods_in_one_request_are_rejected_though_both_are_right()
    {
        await using var rig = AaaRig.Start(Users);

        var reply = await rig.PapAsync("alice", "wönderland", also: request => request.AddChapPassword(1, "wönderland"u8));

        Assert.Equal(RadiusCode.AccessReject, reply.Code);
        Assert.Equal("several methods in one request", Assert.Single(rig.Events).Reason);
    }

    [Fact]
    public async Task Who_has_no_password_is_not_let_in_by_an_empty_one()
    {
        await using var rig = AaaRig.Start("bob NAS-Port == 1\n\tFall-Through = Yes\nbob NAS-Port == 1, Cleartext-Password := x\nbob NAS-Identifier == lobby\n\tFall-Through = Yes\n");

        Assert.Equal(RadiusCode.AccessReject, (await rig.PapAsync("bob", string.Empty, also: request => request.NasIdentifier = "lobby")).Code);
        Assert.Equal("wrong password", Assert.Single(rig.Events).Reason);
    }

    [Fact]
    public async Task A_request_without_any_proof_is_rejected()
    {
        await using var rig = AaaRig.Start(Users);

        Assert.Equal(RadiusCode.AccessReject, (await rig.AskAsync("alice", _ => { })).Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(49)]
    [InlineData(51)]
    public async Task A_response_of_the_wrong_length_is_rejected_and_logs_nothing(int length)
    {
        await using var rig = AaaRig.Start(Users);

        foreach (var name in (string[])["alice", "guest", "eve"])
        {
            await rig.AskAsync(name, request => request.Attributes.AddVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Response, new byte[length]));
        }

        Assert.Equal([RadiusCode.AccessReject, RadiusCode.AccessAccept, RadiusCode.AccessReject], rig.Events.Select(item => item.Answer));
        Assert.Empty(rig.Logger.Collector.GetSnapshot());
    }

    [Fact]
    public async Task The_name_is_digested_as_the_octets_that_came()
    {
        await using var rig = AaaRig.Start("DEFAULT Cleartext-Password := \"x\"\n");
        byte[] name = [0xFF, 0xFE, (byte)'a'];
        byte[] challenge = new byte[MsChapV2.ChallengeLength];

        var reply = await rig.AskAsync(string.Empty, request =>
        {
            request.Attributes.Add(RadiusAttributeType.UserName, name);
            request.AddMsChap2Response(1, challenge, challenge, name, "x"u8);
        });

        Assert.Equal(RadiusCode.AccessAccept, reply.Code);
    }

    [Fact]
    public async Task No_event_holds_a_password()
    {
        await using var rig = AaaRig.Start(Users);

        await rig.PapAsync("alice", "wönderland");
        await rig.PapAsync("alice", "wrong-one");

        Assert.DoesNotContain(rig.Events, item => item.ToString().Contains("nderland", StringComparison.Ordinal) || item.ToString().Contains("wrong-one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_status_request_is_accepted_without_a_user()
    {
        await using var rig = AaaRig.Start(Users);

        var result = await rig.ExchangeAsync(string.Empty, _ => { }, RadiusCode.StatusServer);

        Assert.Equal(RadiusCode.AccessAccept, result.Reply!.Code);
    }
}
