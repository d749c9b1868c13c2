using System.Net;
using System.Text;
using NacGateway.Core.Authentication;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

/// <summary>What is in the Access-Requests that the gateway really sends, whatever the method and the step.</summary>
public sealed class RequestContentTests(PostgreSqlServer postgres)
{
    private static readonly byte[] s_state = [0, 255, 3];

    private static readonly byte[] s_atMostOnce =
    [
        RadiusAttributeType.UserName, RadiusAttributeType.UserPassword, RadiusAttributeType.ChapPassword, RadiusAttributeType.NasIpAddress, RadiusAttributeType.NasPort,
        RadiusAttributeType.ServiceType, RadiusAttributeType.FramedIpAddress, RadiusAttributeType.State, RadiusAttributeType.CalledStationId, RadiusAttributeType.CallingStationId,
        RadiusAttributeType.NasIdentifier, RadiusAttributeType.ChapChallenge, RadiusAttributeType.NasPortType, RadiusAttributeType.NasPortId, RadiusAttributeType.AcctSessionId,
        RadiusAttributeType.MessageAuthenticator, RadiusAttributeType.ChargeableUserIdentity, RadiusAttributeType.NasIPv6Address,
    ];

    private static readonly byte[] s_never =
    [
        RadiusAttributeType.FilterId, RadiusAttributeType.ReplyMessage, RadiusAttributeType.Class, RadiusAttributeType.SessionTimeout, RadiusAttributeType.IdleTimeout,
        RadiusAttributeType.TerminationAction, RadiusAttributeType.ErrorCause, RadiusAttributeType.AcctStatusType,
    ];

    [Theory]
    [InlineData("Pap")]
    [InlineData("Chap")]
    [InlineData("MsChapV2")]
    [Requirement("RATT-17", "RAR-6", "RPRX-2", "RMA-8", "RCUI-4", "RCH-6", "RAR-11")]
    public async Task Every_request_keeps_the_counts_of_the_table_and_proves_the_user_in_one_way(string method)
    {
        await using var signIns = await SignIns.StartAsync(
            postgres,
            request => request.State is null ? Replies.Challenge(s_state) : Replies.Accept(),
            settings: [("Radius:Servers:0:Method", method), ("Radius:Servers:0:AllowMsChapOverUdp", "true"), ("Radius:NasPortId", "lan0"), ("Radius:CalledStationId", "02-00-5E-00-53-01:Guests")]);
        var challenged = Assert.IsType<LoginOutcome.Challenged>(await signIns.LoginAsync());
        await signIns.AnswerAsync(challenged.ChallengeId);

        Assert.Equal(2, signIns.Server.Requests.Count);
        Assert.All(signIns.Server.Requests, request =>
        {
            Assert.All(s_atMostOnce, type => Assert.InRange(request.Attributes.CountOf(type), 0, 1));
            Assert.All(s_never, type => Assert.Equal(0, request.Attributes.CountOf(type)));
            Assert.Equal(0, request.Attributes.CountOf(RadiusAttributeType.ProxyState));
            Assert.DoesNotContain(request.Attributes, attribute => attribute.Value.IsEmpty);
            Assert.Equal(RadiusAttributeType.MessageAuthenticator, request.Attributes.Encoded[0]);
            Assert.Equal(1, request.Attributes.CountOf(RadiusAttributeType.ChargeableUserIdentity));
            Assert.NotEqual(ServiceType.AuthorizeOnly, request.ServiceType);
            Assert.Equal(1, Proofs(request));
        });
    }

    [Fact]
    [Requirement("RCH-3", "RCH-5")]
    public async Task Each_answer_carries_the_state_of_its_own_challenge_and_none_where_none_was_given()
    {
        byte[]?[] given = [[1], null, [0, 0], [.. Enumerable.Repeat((byte)0x80, 253)]];
        int asked = 0;
        await using var signIns = await SignIns.StartAsync(postgres, _ => asked < given.Length ? Challenge(given[asked++]) : Replies.Accept());

        var outcome = await signIns.LoginAsync();
        while (outcome is LoginOutcome.Challenged challenged)
        {
            outcome = await signIns.AnswerAsync(challenged.ChallengeId);
        }

        Assert.IsType<LoginOutcome.SignedIn>(outcome);
        Assert.Equal([null, .. given.Select(Text)], signIns.Server.Requests.Select(request => request.State is { } state ? Text(state.ToArray()) : null), StringComparer.Ordinal);
        Assert.All(signIns.Server.Requests, request => Assert.InRange(request.Attributes.CountOf(RadiusAttributeType.State), 0, 1));
    }

    [Theory]
    [InlineData("EXAMPLE\\joe")]
    [InlineData("joe smith")]
    [InlineData("@Realm.Example")]
    [InlineData("Joe@REALM.example")]
    [InlineData("j\u00fcrgen@b\u00fccher.example")]
    [InlineData("\u6771\u4eac")]
    [InlineData("a@b@c")]
    [InlineData("72")]
    [InlineData("253")]
    [InlineData("253 of two octets")]
    [Requirement("RNAI-1", "RNAI-3", "RNAI-4")]
    public async Task A_user_name_is_sent_octet_for_octet_whether_it_is_an_identifier_or_not(string name)
    {
        name = name switch { "72" => new string('u', 60) + "@realm.test", "253" => new string('u', 253), "253 of two octets" => "x" + new string('\u00e9', 126), _ => name };
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept());

        var signedIn = Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync(name));

        Assert.Equal(name, signedIn.Session.UserName);
        Assert.True(signIns.Server.Requests.TryPeek(out var request));
        Assert.True(request.Attributes.TryGetFirst(RadiusAttributeType.UserName, out var sent));
        Assert.Equal(Encoding.UTF8.GetBytes(name), sent.ToArray());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("15")]
    [InlineData("16")]
    [InlineData("17")]
    [InlineData("32")]
    [InlineData("128")]
    [InlineData("Gr\u00fc\u00dfe aus \u6771\u4eac")]
    [InlineData(" spaces ")]
    [Requirement("RPW-1", "RPW-3")]
    public async Task A_password_arrives_octet_for_octet_in_whole_blocks(string password)
    {
        password = int.TryParse(password, out int length) ? new string('p', length) : password;
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept());

        Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync(password: password));

        Assert.True(signIns.Server.Requests.TryPeek(out var request));
        Assert.True(request.Attributes.TryGetFirst(RadiusAttributeType.UserPassword, out var hidden));
        Assert.Equal((Encoding.UTF8.GetByteCount(password) + 15) / 16 * 16, hidden.Length);
        var revealed = new byte[128];
        Assert.True(request.TryGetUserPassword(signIns.Server.Secret, revealed, out length));
        Assert.Equal(password, Encoding.UTF8.GetString(revealed.AsSpan(0, length)));
    }

    [Fact]
    [Requirement("RPW-4")]
    public void The_octets_of_a_password_are_wiped_when_the_step_is_over()
    {
        var step = LoginStep.TryCreate(new LoginAttempt { ClientAddress = IPAddress.Loopback, UserName = "alice", Password = "wonderland" }, "1")!;
        Assert.Equal("wonderland"u8.ToArray(), step.Password.ToArray());

        step.Dispose();

        Assert.All(step.Password.ToArray(), octet => Assert.Equal(0, octet));
    }

    [Theory]
    [InlineData("02:00:5e:00:53:01", "02-00-5E-00-53-01")]
    [InlineData("02-00-5e-00-53-01:Guests at home", "02-00-5E-00-53-01:Guests at home")]
    [InlineData("02:00:5E:00:53:01:lower-case", "02-00-5E-00-53-01:lower-case")]
    [InlineData("02-00-5E-00-53-01", "02-00-5E-00-53-01")]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("02-00-5e-00-53-0g", "02-00-5e-00-53-0g")]
    [InlineData("02-00-5e-00-53-01x", "02-00-5e-00-53-01x")]
    [InlineData("lobby", "lobby")]
    [Requirement("RAR-10")]
    public async Task A_hardware_address_is_sent_in_upper_case_with_hyphens(string given, string sent)
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept(), settings: ("Radius:CalledStationId", given));

        await signIns.Gateway.Get<LoginService>().LoginAsync(
            new LoginAttempt { ClientAddress = IPAddress.Parse(SignIns.Client), UserName = "alice", Password = "x", CallingStationId = given }, TestContext.Current.CancellationToken);

        Assert.True(signIns.Server.Requests.TryPeek(out var request));
        Assert.Equal((sent, sent), (request.CalledStationId, request.CallingStationId));
    }

    [Theory]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    public async Task The_device_is_named_by_its_own_address_whatever_socket_it_came_by(string seen, string sent)
    {
        await using var signIns = await SignIns.StartAsync(postgres, request => request.State is null ? Replies.Challenge(s_state) : Replies.Accept());

        var challenged = Assert.IsType<LoginOutcome.Challenged>(await signIns.LoginAsync(client: seen));
        await signIns.AnswerAsync(challenged.ChallengeId, client: seen);

        Assert.Equal(2, signIns.Server.Requests.Count);
        var address = IPAddress.Parse(sent);
        Assert.All(signIns.Server.Requests, request => Assert.Equal((sent, address), (request.CallingStationId, request.FramedIpAddress ?? request.FramedIPv6Address)));
        Assert.All(signIns.Server.Requests, request => Assert.Equal(1, request.Attributes.CountOf(RadiusAttributeType.FramedIpAddress) + request.Attributes.CountOf(RadiusAttributeType.FramedIPv6Address)));
    }

    [Theory]
    [InlineData("169.254.1.2", false)]
    [InlineData("fe80::1", false)]
    [InlineData("192.0.2.1", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("169.253.1.2", true)]
    [Requirement("RAR-2")]
    public void An_address_of_the_link_alone_is_not_announced(string address, bool expected) =>
        Assert.Equal(expected ? IPAddress.Parse(address) : null, NasAddress.Announced(IPAddress.Parse(address)));

    private static int Proofs(RadiusPacket request) =>
        request.Attributes.CountOf(RadiusAttributeType.UserPassword) + request.Attributes.CountOf(RadiusAttributeType.ChapPassword)
        + (request.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Response, out _) ? 1 : 0)
        + request.Attributes.CountOf(70) + request.Attributes.CountOf(RadiusAttributeType.EapMessage);

    private static string? Text(byte[]? octets) => octets is null ? null : Convert.ToHexString(octets);

    private static RadiusPacket Challenge(byte[]? state)
    {
        var challenge = Replies.Challenge(state ?? [1]);
        if (state is null)
        {
            challenge.Attributes.RemoveAll(RadiusAttributeType.State);
        }

        return challenge;
    }
}
