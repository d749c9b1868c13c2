using System.Net;
using System.Net.NetworkInformation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NacGateway.Web.Gate;
using NacGateway.Web.Gate.Forwarding;
using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>Which addresses the gate may dial for a client.</summary>
public sealed class DestinationGuardTests
{
    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("1.1.1.1")]
    [InlineData("172.15.255.255")] // One below and one above 172.16.0.0/12.
    [InlineData("172.32.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("11.0.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("::ffff:93.184.216.34")]
    [InlineData("64:ff9b::5db8:d822")] // NAT64 of 93.184.216.34.
    [InlineData("2002:5db8:d822::1")] // 6to4 of 93.184.216.34.
    public void A_public_address_is_open(string address) => Assert.True(Guard().Allows(IPAddress.Parse(address), 80));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("::1")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.1.1")]
    [InlineData("192.0.0.8")]
    [InlineData("198.18.0.1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::7f00:1")] // NAT64 of 127.0.0.1.
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:7f00:1::")] // 6to4 of 127.0.0.1.
    [InlineData("2002:c0a8:101::1")]
    public void A_private_address_is_open_only_where_the_settings_allow_it(string address)
    {
        Assert.False(Guard().Allows(IPAddress.Parse(address), 80));
        Assert.True(Guard("0.0.0.0/0", "::/0").Allows(IPAddress.Parse(address), 80));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("255.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("224.0.0.251")]
    [InlineData("239.255.255.250")]
    [InlineData("::")]
    [InlineData("::7f00:1")] // IPv4-compatible.
    [InlineData("::ffff:0.0.0.0")]
    [InlineData("::ffff:224.0.0.1")]
    [InlineData("ff02::1")]
    [InlineData("ff0e::1")]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")] // NAT64 of 169.254.169.254.
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2001:0:1234::1")] // Teredo.
    [InlineData("::ffff:0:5db8:d822")] // IPv4-translated (RFC 6145).
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::a9fe:a9fe")]
    [InlineData("169.254.0.23")]
    [InlineData("100.100.100.200")]
    public void No_setting_opens_what_is_no_destination_or_hands_out_credentials(string address) =>
        Assert.False(Guard("0.0.0.0/0", "::/0").Allows(IPAddress.Parse(address), 80));

    [Theory]
    [InlineData("10.20.0.1", true)]
    [InlineData("::ffff:10.20.0.1", true)]
    [InlineData("64:ff9b::a14:1", true)]
    [InlineData("10.21.0.1", false)]
    [InlineData("fd00::5", true)]
    [InlineData("fd00::6", false)]
    public void An_allowed_range_opens_itself_and_no_more(string address, bool expected) =>
        Assert.Equal(expected, Guard("10.20.0.0/16", "fd00::5").Allows(IPAddress.Parse(address), 443));

    [Fact]
    public void What_is_refused_stays_refused_within_what_is_allowed()
    {
        var guard = Guard(new GateOptions { AllowedPrivateDestinations = { "10.0.0.0/8" }, RefusedDestinations = { "10.99.0.0/16", "203.0.113.0/24" } });

        Assert.True(guard.Allows(IPAddress.Parse("10.98.0.1"), 80));
        Assert.False(guard.Allows(IPAddress.Parse("10.99.0.1"), 80));
        Assert.False(guard.Allows(IPAddress.Parse("::ffff:10.99.0.1"), 80));
        Assert.False(guard.Allows(IPAddress.Parse("203.0.113.9"), 80));
        Assert.False(guard.Allows(IPAddress.Parse("64:ff9b::cb00:7109"), 80));
    }

    [Fact]
    public void The_addresses_of_this_machine_are_closed_even_where_they_are_public()
    {
        var own = NetworkInterface.GetAllNetworkInterfaces().SelectMany(network => network.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address).ToList();

        Assert.NotEmpty(own);
        Assert.All(own, address => Assert.False(Guard().Allows(address, 80)));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    public async Task The_gateways_own_listeners_are_closed_whatever_is_allowed(string address)
    {
        await using var site = await GateSite.StartAsync(("Gate:AllowedPrivateDestinations:1", "0.0.0.0/0"), ("Gate:AllowedPrivateDestinations:2", "::/0"));
        var guard = site.Services.GetRequiredService<DestinationGuard>();

        Assert.False(guard.Allows(IPAddress.Parse(address), site.EndPoint.Port));
        Assert.True(guard.Allows(IPAddress.Parse(address), site.EndPoint.Port ^ 1));
    }

    private static DestinationGuard Guard(params string[] allowed) => Guard(new GateOptions { AllowedPrivateDestinations = [.. allowed] });

    private static DestinationGuard Guard(GateOptions options) => new(Options.Create(options), new OwnEndPoints(TimeProvider.System));
}
