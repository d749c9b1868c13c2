using System.Net;
using NacGateway.Core.Authentication;
using NacGateway.Radius.Attributes;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

/// <summary>What a reply may hold besides its verdict, and what that changes: mostly nothing.</summary>
public sealed class ReplyContentTests(PostgreSqlServer postgres)
{
    [Theory]
    [InlineData(0xFFFFFFFFu)] // The user chooses.
    [InlineData(0xFFFFFFFEu)] // The NAS picks.
    [Requirement("RATT-14")]
    public async Task An_address_that_is_left_to_the_network_stays_the_one_that_the_client_has(uint framed)
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept(accept => accept.AddInteger(RadiusAttributeType.FramedIpAddress, framed)));

        var signedIn = Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync());

        Assert.Equal(IPAddress.Parse(SignIns.Client), signedIn.Session.ClientAddress);
        Assert.True(signIns.Gateway.Table.TryGet(IPAddress.Parse(SignIns.Client), out _));
    }

    [Theory]
    [InlineData(true, 4)] // Accept that holds an EAP-Failure.
    [InlineData(false, 3)] // Reject that holds an EAP-Success.
    [Requirement("REAP-3")]
    public async Task The_code_of_the_packet_decides_whatever_an_EAP_message_in_it_says(bool isAccepted, byte eapCode)
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ =>
        {
            var reply = isAccepted ? Replies.Accept() : Replies.Reject();
            reply.Attributes.Add(RadiusAttributeType.EapMessage, [eapCode, 1, 0, 4]);
            return reply;
        });

        Assert.Equal(isAccepted, await signIns.LoginAsync() is LoginOutcome.SignedIn);
    }

    [Fact]
    [Requirement("RMS-7")]
    public async Task Keys_for_the_encryption_of_a_link_are_passed_over()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept(accept =>
        {
            accept.Attributes.AddVendor(VendorId.Microsoft, 16, [0x80, 1, .. new byte[32]]);
            accept.Attributes.AddVendor(VendorId.Microsoft, 17, [0x80, 2, .. new byte[32]]);
            accept.Attributes.AddVendor(VendorId.Microsoft, 7, [0, 0, 0, 1]);
        }));

        Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync());
    }

    [Fact]
    [Requirement("R11-12")]
    public async Task The_cause_that_a_reject_gives_is_in_the_log()
    {
        await using var signIns = await SignIns.StartAsync(postgres, _ =>
        {
            var reject = Replies.Reject();
            reject.ErrorCause = ErrorCause.RequestNotRoutable;
            return reject;
        });

        var rejected = Assert.IsType<LoginOutcome.Rejected>(await signIns.LoginAsync());

        Assert.Contains(signIns.Lines, line => line.Message.StartsWith(rejected.Reference, StringComparison.Ordinal) && line.Message.Contains("Error-Cause RequestNotRoutable", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(12, true)]
    [InlineData(15, true)]
    [InlineData(24, false)]
    [InlineData(64, false)]
    [Requirement("RPKT-9")]
    public async Task Secrets_of_any_length_work_and_short_ones_are_warned_of(int length, bool isWarned)
    {
        var secret = new string('s', length);
        await using var signIns = await SignIns.StartAsync(postgres, _ => Replies.Accept(), secret, ("Radius:Servers:0:Secret", secret));

        Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync());

        Assert.Equal(isWarned, signIns.Lines.Any(line => line.Id.Id == 2520));
        Assert.DoesNotContain(signIns.Lines, line => line.Message.Contains(secret, StringComparison.Ordinal));
    }
}
