using System.Net;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Core.Sessions;
using Xunit;

namespace NacGateway.Core.Tests.Enforcement.Leases;

public sealed class LeaseTableTests
{
    private static readonly MacAddress s_one = Devices.Mac(1);
    private static readonly MacAddress s_other = Devices.Mac(2);

    private readonly FakeTimeProvider _time = new();
    private readonly LeaseTable _leases;

    public LeaseTableTests() => _leases = new LeaseTable(_time);

    [Fact]
    public void The_device_that_answers_takes_an_address_from_whoever_had_it()
    {
        _leases.Learn(Lease("10.0.0.7", s_one, LeaseSource.Neighbour));

        Assert.True(_leases.Learn(Lease("10.0.0.7", s_other, LeaseSource.Neighbour)));

        Assert.Equal(s_other, HolderOf("10.0.0.7"));
        Assert.Empty(_leases.AddressesOf(s_one));
    }

    [Fact]
    public void A_file_takes_no_address_from_a_device_that_answered_just_now()
    {
        _leases.Learn(Lease("10.0.0.7", s_one, LeaseSource.Neighbour));
        _time.Advance(LeaseTable.Answered - TimeSpan.FromSeconds(1));

        Assert.False(_leases.Learn(Lease("10.0.0.7", s_other, LeaseSource.Dhcp)));
        Assert.Equal(s_one, HolderOf("10.0.0.7"));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(_leases.Learn(Lease("10.0.0.7", s_other, LeaseSource.Dhcp)));
        Assert.Equal(s_other, HolderOf("10.0.0.7"));
    }

    [Theory]
    [InlineData(LeaseSource.Neighbour)]
    [InlineData(LeaseSource.Dhcp)]
    [InlineData(LeaseSource.FirstPacket)]
    public void A_packet_takes_no_address_from_another_device_however_long_ago_that_was_known(LeaseSource known)
    {
        _leases.Learn(Lease("10.0.0.1", s_one, LeaseSource.Neighbour));
        _leases.Learn(Lease("10.0.0.2", s_other, LeaseSource.Neighbour));
        _leases.Learn(Lease("10.0.0.7", s_one, known));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.False(_leases.Learn(Lease("10.0.0.7", s_other, LeaseSource.FirstPacket)));

        Assert.Equal(s_one, HolderOf("10.0.0.7"));
    }

    [Fact]
    public void A_packet_gives_a_free_address_to_a_known_device_only()
    {
        _leases.Learn(Lease("10.0.0.1", s_one, LeaseSource.Neighbour));

        Assert.True(_leases.Learn(Lease("fd00::1", s_one, LeaseSource.FirstPacket)));
        Assert.False(_leases.Learn(Lease("fd00::2", s_other, LeaseSource.FirstPacket)));

        Assert.Equal(s_one, HolderOf("fd00::1"));
        Assert.Null(HolderOf("fd00::2"));
    }

    [Fact]
    public void A_weaker_word_for_the_same_device_takes_nothing_from_what_is_known()
    {
        _leases.Learn(new Lease(Key("10.0.0.7"), s_one, "lan0", LeaseSource.Neighbour));

        _leases.Learn(Lease("10.0.0.7", s_one, LeaseSource.Dhcp));

        Assert.True(_leases.TryGet(IPAddress.Parse("10.0.0.7"), out var lease));
        Assert.Equal(new Lease(Key("10.0.0.7"), s_one, "lan0", LeaseSource.Neighbour), lease);
        Assert.False(_leases.Learn(Lease("10.0.0.7", s_other, LeaseSource.Dhcp)));
    }

    [Fact]
    public void Of_too_many_addresses_that_goes_which_was_heard_of_longest_ago()
    {
        _leases.Learn(Lease("10.0.0.7", s_one, LeaseSource.Neighbour));
        for (var i = 0; i < LeaseTable.MostAddresses; i++)
        {
            _leases.Learn(Lease("10.0.0.7", s_one, LeaseSource.Neighbour));
            _leases.Learn(Lease($"fd00::{i + 1:x}", s_one, LeaseSource.Neighbour));
        }

        Assert.Equal(LeaseTable.MostAddresses, _leases.Count);
        Assert.Equal(s_one, HolderOf("10.0.0.7"));
        Assert.Null(HolderOf("fd00::1"));
    }

    [Fact]
    public void The_address_of_a_group_is_nobodys()
    {
        Assert.False(_leases.Learn(Lease("10.0.0.7", MacAddress.From([0x01, 0, 0x5e, 0, 0, 1]), LeaseSource.Neighbour)));
        Assert.False(_leases.Learn(Lease("10.0.0.7", new MacAddress(0), LeaseSource.Neighbour)));
    }

    private static ClientKey Key(string address) => ClientKey.From(IPAddress.Parse(address));

    private static Lease Lease(string address, MacAddress mac, LeaseSource source) => new(Key(address), mac, Interface: null, source);

    private MacAddress? HolderOf(string address) => _leases.TryGet(IPAddress.Parse(address), out var lease) ? lease.Mac : null;
}
