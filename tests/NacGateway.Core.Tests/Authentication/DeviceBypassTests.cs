using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Authentication;
using NacGateway.Core.Sessions;
using NacGateway.Core.Tests.Enforcement.Leases;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

/// <summary>Devices that need nobody to sign in, with one server that answers as the test says.</summary>
public sealed class DeviceBypassTests(PostgreSqlServer postgres)
{
    private static readonly (string, string) s_radius = ("MacBypass:Radius", "true");

    [Fact]
    [Requirement("RAR-12", "RAR-10")]
    public async Task A_request_for_a_device_says_so_and_carries_no_address_as_password()
    {
        await using var signIns = await StartAsync(_ => Replies.Accept(), s_radius);

        signIns.Gateway.See("10.0.0.7", 1);

        await Waiting.UntilAsync(() => signIns.Gateway.SessionAt("10.0.0.7") is not null);
        var request = Assert.Single(signIns.Server.Requests);
        Assert.Equal(RadiusAttributeType.MessageAuthenticator, request.Attributes.Encoded[0]);
        Assert.Equal((ServiceType.CallCheck, "02005e000001", "02-00-5E-00-00-01"), (request.ServiceType, request.UserName, request.CallingStationId));
        Assert.Equal(1, request.Attributes.CountOf(RadiusAttributeType.UserPassword));
        Assert.Equal(0, request.Attributes.CountOf(RadiusAttributeType.State));
        Assert.Equal("", Password(signIns, request));
        Assert.NotNull(request.NasPortType);
    }

    [Theory]
    [InlineData("Plain", "02005e00000a")]
    [InlineData("Colons", "02:00:5e:00:00:0a")]
    [InlineData("Hyphens", "02-00-5e-00-00-0a")]
    [InlineData("PlainUpper", "02005E00000A")]
    [InlineData("ColonsUpper", "02:00:5E:00:00:0A")]
    [InlineData("HyphensUpper", "02-00-5E-00-00-0A")]
    public async Task The_name_is_written_as_the_server_wants_it_and_the_password_too_where_that_is_set(string format, string name)
    {
        await using var signIns = await StartAsync(_ => Replies.Accept(), s_radius, ("MacBypass:UserName", format), ("MacBypass:Password", "Address"), ("Radius:Servers:0:Method", "Chap"));

        signIns.Gateway.See("10.0.0.7", 10);

        await Waiting.UntilAsync(() => signIns.Gateway.SessionAt("10.0.0.7") is not null);
        var request = Assert.Single(signIns.Server.Requests);
        Assert.Equal((name, name), (request.UserName, Password(signIns, request)));
    }

    [Fact]
    public async Task A_device_that_was_refused_is_asked_about_again_only_after_a_while()
    {
        await using var signIns = await StartAsync(_ => Replies.Reject(), s_radius);
        var gateway = signIns.Gateway;
        gateway.See("10.0.0.7", 1);
        await Waiting.UntilAsync(() => gateway.Lines.Any(line => line.Id.Id == 2541));

        for (var i = 0; i < 5; i++)
        {
            gateway.See($"10.0.1.{i}", 1);
        }

        gateway.See("10.0.0.8", 2);
        await Waiting.UntilAsync(() => signIns.Server.Requests.Count == 2);
        Assert.Single(signIns.Server.Requests, request => request.UserName == "02005e000001");

        gateway.Time.Advance(TimeSpan.FromMinutes(11));
        gateway.See("10.0.0.7", 1);
        gateway.Time.Advance(DeviceBypass.Interval);
        await Waiting.UntilAsync(() => signIns.Server.Requests.Count(request => request.UserName == "02005e000001") == 2);
    }

    [Fact]
    public async Task A_flood_of_devices_is_no_flood_of_requests()
    {
        await using var signIns = await StartAsync(_ => Replies.Reject(), s_radius, ("MacBypass:RequestsPerSecond", "3"));

        for (var i = 0; i < 200; i++)
        {
            signIns.Gateway.Get<LeaseTable>().Learn(new Lease(ClientKey.From(new IPAddress([10, 1, 0, (byte)i])), MacAddress.From([2, 0, 0, 0, 1, (byte)i]), "lan0", LeaseSource.Neighbour));
        }

        // The clock of the gateway stands still: this is all within one second.
        await Waiting.UntilAsync(() => signIns.Gateway.Lines.Count(line => line.Id.Id == 2541) == 3);
        Assert.Equal(3, signIns.Server.Requests.Count);
    }

    [Fact]
    public void Of_too_many_refused_devices_the_oldest_are_forgotten()
    {
        var refused = new RefusedDevices(TimeSpan.FromMinutes(10), TimeProvider.System);
        for (var i = 0UL; i < RefusedDevices.Most + 500; i++)
        {
            refused.Add(new MacAddress(0x0200_0000_0000 + i));
        }

        Assert.Equal(RefusedDevices.Most, refused.Count);
        Assert.False(refused.Contains(new MacAddress(0x0200_0000_0000)));
        Assert.True(refused.Contains(new MacAddress(0x0200_0000_0000 + RefusedDevices.Most + 499)));
    }

    [Fact]
    public async Task A_device_on_the_list_has_a_session_of_its_own_until_it_is_taken_off()
    {
        await using var signIns = await StartAsync(_ => null, ("MacBypass:Devices:0:Address", "02:00:5E:00:00:01"), ("MacBypass:Devices:0:Name", "printer"), ("Sessions:IdleTimeout", "00:10:00"));
        var gateway = signIns.Gateway;

        gateway.See("fe80::7", 1);
        gateway.See("10.0.0.7", 1);
        gateway.See("10.0.0.8", 2);
        await Waiting.UntilAsync(() => gateway.SessionAt("10.0.0.7") is not null);

        Assert.Null(gateway.SessionAt("10.0.0.8"));
        Assert.Empty(signIns.Server.Requests);
        var row = await gateway.ReadAsync(database => database.Set<Session>().SingleAsync());
        Assert.Equal(("02:00:5E:00:00:01", "02-00-5E-00-00-01", AcctAuthentic.Local, (long?)null), (row.UserName, row.CallingStationId, row.Authentic, row.IdleTimeout));

        gateway.Set("MacBypass:Devices:0:Address", "02:00:5e:00:00:03");
        await gateway.RestartAsync();
        gateway.See("10.0.0.7", 1);
        Assert.Null(gateway.SessionAt("10.0.0.7"));
        row = await gateway.ReadAsync(database => database.Set<Session>().SingleAsync());
        Assert.Equal(AcctTerminateCause.AdminReset, row.TerminateCause);
    }

    [Fact]
    public async Task A_session_that_was_ended_is_there_again_within_a_minute()
    {
        await using var signIns = await StartAsync(_ => null, ("MacBypass:Devices:0:Address", "02005e000001"));
        var gateway = signIns.Gateway;
        gateway.See("10.0.0.7", 1);
        await Waiting.UntilAsync(() => gateway.SessionAt("10.0.0.7") is not null);
        var first = gateway.SessionAt("10.0.0.7");
        Assert.True(await gateway.Sessions.CloseAsync(first!, AcctTerminateCause.AdminReset, TestContext.Current.CancellationToken));

        gateway.Time.Advance(DeviceBypass.Interval);

        await Waiting.UntilAsync(() => gateway.SessionAt("10.0.0.7") is { } second && second != first);
    }

    [Fact]
    public void A_list_that_cannot_hold_is_refused_with_each_key()
    {
        var errors = new MacBypassOptionsValidator(Microsoft.Extensions.Options.Options.Create(new Core.Enforcement.EnforcementOptions())).Validate(
            name: null,
            new MacBypassOptions { Devices = { new() { Address = "printer" }, new() { Address = "02005e000001" }, new() { Address = "02-00-5E-00-00-01" }, new() { Address = "ff:ff:ff:ff:ff:ff" } }, RequestsPerSecond = 0, RejectedFor = TimeSpan.Zero });

        Assert.Equal(
            ["MacBypass", "MacBypass:Devices:0:Address", "MacBypass:Devices:2:Address", "MacBypass:Devices:3:Address", "MacBypass:RejectedFor", "MacBypass:RequestsPerSecond"],
            errors.Failures!.Select(error => error.Split(' ')[0]).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    private static string Password(SignIns signIns, RadiusPacket request)
    {
        Span<byte> revealed = stackalloc byte[128];
        Assert.True(request.TryGetUserPassword(signIns.Server.Secret, revealed, out var length));
        return Encoding.ASCII.GetString(revealed[..length]);
    }

    private Task<SignIns> StartAsync(Func<RadiusPacket, RadiusPacket?> answer, params (string Key, string Value)[] settings) =>
        SignIns.StartAsync(postgres, answer, settings: [Devices.NoInterface, .. settings]);
}
