using System.Net;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Attributes;

/// <summary>The typed accessors: what they read, what they ignore, what setting does to the list.</summary>
public sealed class AccessorTests
{
    private readonly RadiusPacket _packet = new(RadiusCode.AccessRequest);

    [Fact]
    public void Every_kind_of_accessor_writes_what_it_reads()
    {
        _packet.UserName = "jürgen";
        _packet.CallingStationId = "AA-BB-CC-DD-EE-FF";
        _packet.NasIpAddress = IPAddress.Parse("192.0.2.1");
        _packet.NasIPv6Address = IPAddress.Parse("2001:db8::1");
        _packet.NasPortType = NasPortType.Wireless80211;
        _packet.ServiceType = (ServiceType)4242;
        _packet.SessionTimeout = uint.MaxValue;
        _packet.State = new byte[] { 1, 0, 2 };
        _packet.Prompt = Prompt.NoEcho;
        _packet.EventTimestamp = DateTimeOffset.UnixEpoch.AddSeconds(5.5);

        Assert.Equal("jürgen", _packet.UserName);
        Assert.Equal("AA-BB-CC-DD-EE-FF", _packet.CallingStationId);
        Assert.Equal(IPAddress.Parse("192.0.2.1"), _packet.NasIpAddress);
        Assert.Equal(IPAddress.Parse("2001:db8::1"), _packet.NasIPv6Address);
        Assert.Equal(NasPortType.Wireless80211, _packet.NasPortType);
        Assert.Equal(4242u, (uint?)_packet.ServiceType);
        Assert.Equal(uint.MaxValue, _packet.SessionTimeout);
        Assert.Equal([1, 0, 2], _packet.State?.ToArray());
        Assert.Equal(Prompt.NoEcho, _packet.Prompt);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(5), _packet.EventTimestamp);
        Assert.Equal([1, 31, 4, 95, 61, 6, 27, 24, 76, 55], _packet.Attributes.Select(attribute => attribute.Type));
    }

    [Fact]
    public void What_is_not_there_is_null_or_empty()
    {
        Assert.Null(_packet.UserName);
        Assert.Null(_packet.State);
        Assert.Null(_packet.SessionTimeout);
        Assert.Null(_packet.ServiceType);
        Assert.Null(_packet.FramedIpAddress);
        Assert.Null(_packet.EventTimestamp);
        Assert.Empty(_packet.ReplyMessages);
        Assert.Empty(_packet.Classes);
    }

    [Fact]
    public void Attribute_of_the_wrong_size_is_ignored_and_the_packet_kept()
    {
        _packet.Attributes.Add(RadiusAttributeType.SessionTimeout, [1, 2, 3]);
        _packet.Attributes.Add(RadiusAttributeType.FramedIpAddress, new byte[16]);
        _packet.Attributes.Add(RadiusAttributeType.EventTimestamp, []);

        Assert.Null(_packet.SessionTimeout);
        Assert.Null(_packet.FramedIpAddress);
        Assert.Null(_packet.EventTimestamp);
        Assert.Equal(3, _packet.Attributes.Count);
    }

    [Fact]
    public void Setting_replaces_all_of_a_type_and_null_or_empty_removes_them()
    {
        _packet.Attributes.Add(RadiusAttributeType.UserName, "first"u8);
        _packet.Attributes.Add(RadiusAttributeType.UserName, "second"u8);
        Assert.Equal("first", _packet.UserName);

        _packet.UserName = "third";
        Assert.Equal(1, _packet.Attributes.CountOf(RadiusAttributeType.UserName));

        _packet.UserName = "";
        _packet.State = Array.Empty<byte>();
        _packet.SessionTimeout = 5;
        _packet.SessionTimeout = null;
        _packet.NasIpAddress = IPAddress.Loopback;
        _packet.NasIpAddress = null;
        Assert.Empty(_packet.Attributes);
    }

    [Fact]
    public void Address_of_the_other_family_is_refused_and_the_old_one_stays()
    {
        _packet.NasIpAddress = IPAddress.Loopback;

        Assert.Throws<ArgumentException>(() => _packet.NasIpAddress = IPAddress.IPv6Loopback);

        Assert.Equal(IPAddress.Loopback, _packet.NasIpAddress);
    }

    [Fact]
    public void Repeated_attributes_come_in_packet_order()
    {
        _packet.Attributes.Add(RadiusAttributeType.ReplyMessage, "one"u8);
        _packet.Attributes.Add(RadiusAttributeType.Class, [1]);
        _packet.Attributes.Add(RadiusAttributeType.ReplyMessage, "two"u8);
        _packet.Attributes.Add(RadiusAttributeType.Class, new byte[253]);

        Assert.Equal(["one", "two"], _packet.ReplyMessages, StringComparer.Ordinal);
        Assert.Equal([1, 253], _packet.Classes.Select(value => value.Length));
    }

    [Fact]
    public void Message_Authenticator_goes_first_and_only_once()
    {
        _packet.UserName = "alice";
        _packet.Attributes.Add(RadiusAttributeType.MessageAuthenticator, new byte[16]);

        _packet.AddMessageAuthenticator();

        Assert.Equal([80, 1], _packet.Attributes.Select(attribute => attribute.Type));
    }

    [Fact]
    [Requirement("RPW-3")]
    public void Passwords_are_hidden_with_the_authenticator_of_the_packet()
    {
        byte[] clear = new byte[128];
        _packet.Authenticator.Fill(7);
        _packet.AddUserPassword("päss"u8, "secret"u8);
        _packet.AddChapPassword(3, "päss"u8);

        Assert.True(_packet.TryGetUserPassword("secret"u8, clear, out int length));
        Assert.Equal("päss"u8.ToArray(), clear[..length]);
        Assert.True(_packet.VerifyChapPassword("päss"u8));
        _packet.Authenticator[0]++;
        Assert.False(_packet.VerifyChapPassword("päss"u8));
        Assert.False(new RadiusPacket(RadiusCode.AccessRequest).TryGetUserPassword("secret"u8, clear, out _));
        Assert.False(new RadiusPacket(RadiusCode.AccessRequest).VerifyChapPassword("päss"u8));
    }

    [Fact]
    [Requirement("RCHAP-2")]
    public void CHAP_Challenge_takes_the_place_of_the_authenticator()
    {
        _packet.Authenticator.Fill(7);
        _packet.AddChapPassword(3, "pass"u8);

        _packet.Attributes.Add(RadiusAttributeType.ChapChallenge, Enumerable.Repeat((byte)7, 16).ToArray());
        Assert.True(_packet.VerifyChapPassword("pass"u8));

        _packet.Attributes.RemoveAll(RadiusAttributeType.ChapChallenge);
        _packet.Attributes.Add(RadiusAttributeType.ChapChallenge, new byte[16]);
        Assert.False(_packet.VerifyChapPassword("pass"u8));
    }
}
