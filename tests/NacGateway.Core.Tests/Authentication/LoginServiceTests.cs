using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using NacGateway.Core.Authentication;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

public sealed class LoginServiceTests(PostgreSqlServer postgres)
{
    private const string MsChap = "Radius:Servers:0:Method";

    private static readonly byte[] s_password = Encoding.UTF8.GetBytes(SignIns.Password);
    private static readonly byte[] s_user = "alice"u8.ToArray();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_accept_opens_a_durable_session_under_its_terms()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept(packet =>
        {
            packet.SessionTimeout = 600;
            packet.UserName = "alias";
            packet.Attributes.Add(RadiusAttributeType.Class, [0, 1]);
        }));

        var signedIn = Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync());

        Assert.Equal(TimeSpan.FromMinutes(10), signedIn.Session.Limits.SessionTimeout);
        Assert.Equal(("alias", "first"), (signedIn.Session.UserName, signedIn.Session.ServerName));
        await signIns.Gateway.RestartAsync(killed: true);
        Assert.True(signIns.Gateway.Table.TryGet(System.Net.IPAddress.Parse(SignIns.Client), out _));
    }

    [Fact]
    [Requirement("RMA-8", "RAR-3")]
    public async Task The_request_says_who_and_from_where()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept());

        var signedIn = Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync());

        Assert.True(signIns.Server.Requests.TryPeek(out var request));
        Assert.Equal(RadiusAttributeType.MessageAuthenticator, request.Attributes.Encoded[0]);
        Assert.Equal("alice", request.UserName);
        Assert.Equal("nacgateway", request.NasIdentifier);
        Assert.Equal(System.Net.IPAddress.Loopback, request.NasIpAddress);
        Assert.Equal(SignIns.Client, request.CallingStationId);
        Assert.Equal(System.Net.IPAddress.Parse(SignIns.Client), request.FramedIpAddress);
        Assert.Equal(ServiceType.Framed, request.ServiceType);
        Assert.Equal(signedIn.Session.AcctSessionId, request.AcctSessionId);
        Assert.Null(request.State);
        var revealed = new byte[128];
        Assert.True(request.TryGetUserPassword(signIns.Server.Secret, revealed, out int length));
        Assert.Equal(s_password, revealed[..length]);
    }

    [Fact]
    [Requirement("RAR-7")]
    public async Task The_request_names_the_port_and_the_place_as_configured()
    {
        await using var signIns = await SignIns.StartAsync(
            postgres,
            _ => Replies.Accept(),
            Gateways.Secret,
            ("Radius:NasPortType", "Wireless80211"),
            ("Radius:NasPortId", "lan0"),
            ("Radius:CalledStationId", "02-00-5E-00-53-01:Guests"));

        Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync());

        Assert.True(signIns.Server.Requests.TryPeek(out var request));
        Assert.Equal((NasPortType.Wireless80211, "lan0", "02-00-5E-00-53-01:Guests"), (request.NasPortType, request.NasPortId, request.CalledStationId));
    }

    [Fact]
    [Requirement("RAR-11")]
    public async Task What_is_not_configured_is_not_sent_as_an_empty_attribute()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept());

        Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync());

        Assert.True(signIns.Server.Requests.TryPeek(out var request));
        Assert.Equal(NasPortType.Ethernet, request.NasPortType);
        Assert.DoesNotContain(request.Attributes, attribute => attribute.Type is RadiusAttributeType.NasPortId or RadiusAttributeType.CalledStationId);
    }

    [Fact]
    public async Task Without_rules_a_filter_has_no_effect_and_is_named_in_the_log()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept(accept => accept.Attributes.Add(RadiusAttributeType.FilterId, "guests"u8)));

        Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync());

        Assert.Contains("guests", Assert.Single(signIns.Lines, line => line.Id == 2515).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_outcome_is_counted_and_timed_under_its_name()
    {
        await using var signIns = await SignIns.StartAsync(postgres, request => request.UserName == "alice" ? Replies.Accept() : Replies.Reject());
        var meters = signIns.Gateway.Get<System.Diagnostics.Metrics.IMeterFactory>();
        using var steps = new MetricCollector<long>(meters, LoginMetrics.MeterName, "nacgateway.logins");
        using var durations = new MetricCollector<double>(meters, LoginMetrics.MeterName, "nacgateway.login.duration");

        await signIns.LoginAsync();
        await signIns.LoginAsync("eve");
        await signIns.LoginAsync(password: new string('x', 129));

        Assert.Equal(["SignedIn", "Rejected", "NotSendable"], steps.GetMeasurementSnapshot().Select(step => step.Tags["outcome"]));
        Assert.All(steps.GetMeasurementSnapshot(), step => Assert.Equal(1, step.Value));
        Assert.Equal(["SignedIn", "Rejected", "NotSendable"], durations.GetMeasurementSnapshot().Select(duration => duration.Tags["outcome"]));
    }

    [Fact]
    public async Task A_reject_shows_its_messages_in_order_and_applies_nothing()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ =>
        {
            var reject = Replies.Reject("first", "second");
            reject.SessionTimeout = 600;
            return reject;
        });

        var rejected = Assert.IsType<LoginOutcome.Rejected>(await signIns.LoginAsync());

        Assert.Equal(["first", "second"], rejected.Messages);
        Assert.Equal(0, signIns.Gateway.Table.Count);
    }

    [Theory]
    [InlineData(648, typeof(LoginOutcome.PasswordExpired))]
    [InlineData(646, typeof(LoginOutcome.OutsideHours))]
    [InlineData(691, typeof(LoginOutcome.Rejected))]
    [InlineData(647, typeof(LoginOutcome.AccountDisabled))]
    [InlineData(649, typeof(LoginOutcome.NotPermitted))]
    [InlineData(709, typeof(LoginOutcome.Rejected))]
    [InlineData(999, typeof(LoginOutcome.Rejected))]
    [Requirement("RMS-6")]
    public async Task A_reject_tells_its_reason_by_ms_chap_error(int code, Type expected)
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.MsChapReject($"E={code} R=0 C=00112233445566778899AABBCCDDEEFF V=3 M=no"));

        Assert.IsType(expected, await signIns.LoginAsync());
    }

    [Fact]
    public async Task Silence_is_no_answer_and_no_failure_of_the_person()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => null, settings: ("Throttle:UserFailures", "1"));

        Assert.IsType<LoginOutcome.NoAnswer>(await signIns.LoginToTheEndAsync());

        Assert.IsType<LoginOutcome.NoAnswer>(await signIns.LoginToTheEndAsync());
    }

    [Fact]
    public async Task A_wrong_secret_is_told_apart_and_the_log_names_the_server()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept(), secret: "quite another secret");

        var outcome = Assert.IsType<LoginOutcome.WrongSecret>(await signIns.LoginToTheEndAsync());

        var line = Assert.Single(signIns.Lines, line => line.Message.Contains(outcome.Reference, StringComparison.Ordinal));
        Assert.Equal(LogLevel.Error, line.Level);
        Assert.Contains("first", line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_message_authenticator_is_told_with_the_setting_and_its_risk()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => new RadiusPacket(RadiusCode.AccessAccept));

        var outcome = Assert.IsType<LoginOutcome.MissingMessageAuthenticator>(await signIns.LoginToTheEndAsync());

        var line = Assert.Single(signIns.Lines, line => line.Message.Contains(outcome.Reference, StringComparison.Ordinal));
        Assert.Contains("first replies without Message-Authenticator", line.Message, StringComparison.Ordinal);
        Assert.Contains("RequireMessageAuthenticator=false", line.Message, StringComparison.Ordinal);
        Assert.Equal(0, signIns.Gateway.Table.Count);
    }

    [Fact]
    public async Task A_server_that_cannot_sign_may_be_believed_when_the_setting_says_so()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => new RadiusPacket(RadiusCode.AccessAccept), settings: ("Radius:Servers:0:RequireMessageAuthenticator", "false"));

        Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync());

        Assert.Contains(signIns.Lines, line => line.Id.Id == 2521);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(17u)]
    public async Task An_accept_of_another_service_grants_nothing(uint service)
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept(packet => packet.AddInteger(RadiusAttributeType.ServiceType, service)));

        Assert.IsType<LoginOutcome.UnusableAccept>(await signIns.LoginAsync());

        Assert.Equal(0, signIns.Gateway.Table.Count);
    }

    [Fact]
    public async Task Chap_proves_the_password_without_sending_it()
    {
        await using var signIns = await SignIns.StartAsync(postgres, request => request.VerifyChapPassword(s_password) ? Replies.Accept() : Replies.Reject(), settings: (MsChap, "Chap"));

        Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync());
    }

    [Theory]
    [InlineData(true, true, typeof(LoginOutcome.SignedIn))]
    [InlineData(true, false, typeof(LoginOutcome.UnusableAccept))]
    [InlineData(false, false, typeof(LoginOutcome.UnusableAccept))]
    public async Task Ms_chap_wants_the_proof_of_the_server(bool isSent, bool isRight, Type expected)
    {
        await using var signIns = await SignIns.StartAsync(
            postgres,
            request => request.VerifyMsChap2Response(s_user, s_password)
                ? Replies.Accept(accept =>
                {
                    if (isSent)
                    {
                        accept.AddMsChap2Success(request, s_user, isRight ? s_password : "wrong"u8);
                    }
                })
                : Replies.Reject(),
            settings: [(MsChap, "MsChapV2"), ("Radius:Servers:0:AllowMsChapOverUdp", "true")]);

        Assert.IsType(expected, await signIns.LoginAsync());
    }

    [Fact]
    public async Task Too_many_rejects_end_in_a_wait_and_no_more_requests()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Reject(), settings: ("Throttle:UserFailures", "2"));
        await signIns.LoginAsync();
        await signIns.LoginAsync();

        var throttled = Assert.IsType<LoginOutcome.Throttled>(await signIns.LoginAsync());

        Assert.Equal(signIns.Gateway.Time.GetUtcNow() + TimeSpan.FromMinutes(5), throttled.Until);
        Assert.Equal(2, signIns.Server.Requests.Count);
    }

    [Fact]
    public async Task A_user_with_all_devices_online_is_told_how_many()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept(), settings: ("Sessions:MaxPerUser", "1"));
        await signIns.LoginAsync();

        var limit = Assert.IsType<LoginOutcome.DeviceLimit>(await signIns.LoginAsync(client: "192.0.2.8"));

        Assert.Equal((1, 1), (limit.Current, limit.Maximum));
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_not_granted()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept());
        await signIns.Gateway.ReadAsync(database => database.Database.ExecuteSqlRawAsync("DROP TABLE \"Sessions\"", Token));

        Assert.IsType<LoginOutcome.StorageUnavailable>(await signIns.LoginAsync());

        Assert.Equal(0, signIns.Gateway.Table.Count);
    }

    [Theory]
    [InlineData("", "x")]
    [InlineData("alice", "")]
    [InlineData("alice\0", "x")]
    [InlineData("alice", "half a surrogate pair")]
    [InlineData("254", "x")]
    [InlineData("alice", "129")]
    [InlineData("alice", "65 of two octets")]
    [Requirement("RPW-2")]
    public async Task What_radius_cannot_carry_is_not_sent(string user, string password)
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept());
        user = user == "254" ? new string('a', 254) : user;
        password = password switch { "129" => new string('p', 129), "65 of two octets" => new string('\u00e9', 65), "half a surrogate pair" => "\uD800", _ => password };

        Assert.IsType<LoginOutcome.NotSendable>(await signIns.LoginAsync(user, password));

        Assert.Empty(signIns.Server.Requests);
    }

    [Fact]
    public async Task Whoever_hangs_up_has_tried_all_the_same()
    {
        using var hangUp = new CancellationTokenSource();
        await using var signIns = await SignIns.StartAsync(postgres, _ => null, settings: ("Throttle:UserFailures", "1"));
        var login = signIns.Gateway.Get<LoginService>().LoginAsync(
            new LoginAttempt { ClientAddress = System.Net.IPAddress.Parse(SignIns.Client), UserName = "alice", Password = "guess" }, hangUp.Token);

        await hangUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => login);
        Assert.IsType<LoginOutcome.Throttled>(await signIns.LoginAsync());
    }

    [Fact]
    [Requirement("RPW-4")]
    public async Task No_password_reaches_log_or_database()
    {
        await using var signIns = await SignIns.StartAsync(postgres, request => request.State is null ? Replies.Challenge([1, 2]) : Replies.Reject());
        var challenged = Assert.IsType<LoginOutcome.Challenged>(await signIns.LoginAsync());
        await signIns.AnswerAsync(challenged.ChallengeId, "answer-928374");
        await signIns.Gateway.ReadAsync(database => database.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", Token));

        string stored = Encoding.Latin1.GetString(await ReadSharedAsync(signIns.Gateway.ConnectionString["Data Source=".Length..]));

        Assert.Contains("ThrottleEntries", stored, StringComparison.Ordinal);
        Assert.NotEmpty(signIns.Lines);
        foreach (var secret in new[] { SignIns.Password, "answer-928374", Gateways.Secret })
        {
            Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
            Assert.DoesNotContain(signIns.Lines, line => line.ToString().Contains(secret, StringComparison.Ordinal) || line.StructuredState?.Any(pair => pair.Value?.Contains(secret, StringComparison.Ordinal) == true) == true);
        }
    }

    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy, Token);
        return copy.ToArray();
    }
}
