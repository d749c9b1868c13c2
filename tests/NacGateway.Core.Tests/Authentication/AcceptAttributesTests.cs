using NacGateway.Core.Authentication;
using NacGateway.Core.Storage;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

/// <summary>Attributes that the gateway does not know, one that it asks for, and an end that no clock reaches.</summary>
public sealed class AcceptAttributesTests(PostgreSqlServer postgres)
{
    private RadiusPacket _answer = Replies.Accept();

    [Theory]
    [Requirement("RATT-6", "RATT-7")]
    [InlineData("false", "SignedIn")]
    [InlineData("true", "UnusableAccept")]
    public async Task An_unknown_standard_attribute_is_passed_over_unless_the_settings_make_it_a_rejection(string setting, string outcome)
    {
        await using var signIns = await StartAsync(("Radius:RejectUnknownAttributes", setting));
        _answer = Replies.Accept(packet =>
        {
            packet.SessionTimeout = 600;
            packet.Attributes.Add(190, [1, 2]);
        });

        var ended = await signIns.LoginAsync();

        Assert.Equal(outcome, ended.GetType().Name);
        Assert.Equal(outcome == "SignedIn" ? TimeSpan.FromMinutes(10) : null, (ended as LoginOutcome.SignedIn)?.Session.Limits.SessionTimeout);
    }

    [Fact]
    [Requirement("RATT-6")]
    public async Task An_unknown_attribute_of_a_vendor_never_counts()
    {
        await using var signIns = await StartAsync(("Radius:RejectUnknownAttributes", "true"));
        _answer = Replies.Accept(packet => packet.Attributes.AddVendor(99_999, 1, [1]));

        Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync());
    }

    [Fact]
    [Requirement("RCUI-1")]
    public async Task The_request_asks_for_the_chargeable_identity_by_one_nul_octet()
    {
        await using var signIns = await StartAsync();

        await signIns.LoginAsync();

        Assert.True(signIns.Server.Requests.TryPeek(out var request));
        Assert.Equal([0], Assert.Single(request.Attributes, attribute => attribute.Type == RadiusAttributeType.ChargeableUserIdentity).Value.ToArray());
    }

    [Fact]
    public async Task A_time_of_the_end_that_no_clock_reaches_is_as_good_as_none_also_after_a_restart()
    {
        await using var signIns = await StartAsync(("Sessions:SessionTimeout", "00:00:00"));
        _answer = Replies.Accept(packet =>
        {
            packet.Attributes.AddVendor(14_122, 9, "9999-12-31T23:59:59Z"u8);
            packet.TerminationAction = TerminationAction.RadiusRequest;
            packet.State = new byte[] { 1 };
        });

        var signedIn = Assert.IsType<LoginOutcome.SignedIn>(await signIns.LoginAsync());

        Assert.Equal(TimeSpan.FromSeconds(uint.MaxValue), signedIn.Session.Limits.SessionTimeout);
        await signIns.Gateway.RestartAsync(killed: true);
        Assert.Equal(1, signIns.Gateway.Table.Count);
    }

    [Fact]
    public async Task A_session_without_end_that_an_earlier_version_recorded_is_open_after_a_restart()
    {
        await using var signIns = await StartAsync();

        await signIns.Gateway.OpenAsync(Openings.Of(sessionTimeout: TimeSpan.FromDays(8000 * 366)));

        await signIns.Gateway.RestartAsync(killed: true);
        Assert.Equal(1, signIns.Gateway.Table.Count);
    }

    private Task<SignIns> StartAsync(params (string Key, string Value)[] settings) =>
        SignIns.StartAsync(StorageProvider.Sqlite, postgres, _ => _answer, Gateways.Secret, settings);
}
