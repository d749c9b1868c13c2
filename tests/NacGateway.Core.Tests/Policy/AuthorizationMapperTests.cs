using System.Text;
using NacGateway.Core.Policy;
using NacGateway.Core.Tests.Authentication;
using NacGateway.Radius.Attributes;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Policy;

public sealed class AuthorizationMapperTests
{
    private static readonly LimitContext s_local = new()
    {
        StartedAt = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero),
        Local = new SessionLimits { SessionTimeout = TimeSpan.FromHours(12), IdleTimeout = TimeSpan.FromMinutes(30) },
    };

    [Theory]
    [Requirement("RATT-12")]
    [InlineData(3600u, 3600)]
    [InlineData(0u, 43_200)]
    [InlineData(86_400u, 43_200)]
    [InlineData(2_147_483_648u, 43_200)]
    [InlineData(4_294_967_295u, 43_200)]
    public void The_shorter_session_timeout_wins_and_none_is_too_large(uint sent, int expected)
    {
        var accept = Replies.Accept(packet => packet.SessionTimeout = sent);

        Assert.True(AuthorizationMapper.TryMap(accept, s_local, out var authorization, out _));

        Assert.Equal(TimeSpan.FromSeconds(expected), authorization.Limits.SessionTimeout);
    }

    [Fact]
    public void The_largest_values_stand_where_no_local_limit_is_set()
    {
        var accept = Replies.Accept(packet =>
        {
            packet.SessionTimeout = uint.MaxValue;
            packet.IdleTimeout = uint.MaxValue;
        });

        Assert.True(AuthorizationMapper.TryMap(accept, s_local with { Local = new SessionLimits() }, out var authorization, out _));

        Assert.Equal(TimeSpan.FromSeconds(uint.MaxValue), authorization.Limits.SessionTimeout);
        Assert.Equal(TimeSpan.FromSeconds(uint.MaxValue), authorization.Limits.IdleTimeout);
    }

    [Theory]
    [InlineData(RadiusAttributeType.SessionTimeout, 3)]
    [InlineData(RadiusAttributeType.SessionTimeout, 5)]
    [InlineData(RadiusAttributeType.IdleTimeout, 0)]
    [InlineData(RadiusAttributeType.IdleTimeout, 8)]
    [InlineData(RadiusAttributeType.ServiceType, 1)]
    [InlineData(RadiusAttributeType.FramedProtocol, 2)]
    public void A_value_of_wrong_length_grants_nothing(byte type, int length)
    {
        var accept = Replies.Accept(packet => packet.Attributes.Add(type, new byte[length]));

        Assert.False(AuthorizationMapper.TryMap(accept, s_local, out _, out var problem));

        Assert.NotEmpty(problem);
    }

    [Theory]
    [Requirement("RATT-4", "RATT-5")]
    [InlineData(1u)]
    [InlineData(8u)]
    [InlineData(10u)]
    [InlineData(17u)]
    [InlineData(4242u)]
    public void A_service_that_is_not_served_here_grants_nothing(uint service)
    {
        var accept = Replies.Accept(packet => packet.AddInteger(RadiusAttributeType.ServiceType, service));

        Assert.False(AuthorizationMapper.TryMap(accept, s_local, out _, out var problem));

        Assert.Contains("Service-Type", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_service_type_cannot_hide_behind_a_good_one()
    {
        var accept = Replies.Accept(packet =>
        {
            packet.AddInteger(RadiusAttributeType.ServiceType, 2);
            packet.AddInteger(RadiusAttributeType.ServiceType, 17);
        });

        Assert.False(AuthorizationMapper.TryMap(accept, s_local, out _, out _));
    }

    [Fact]
    [Requirement("RATT-7")]
    public void An_unknown_attribute_is_no_obstacle()
    {
        var accept = Replies.Accept(packet => packet.Attributes.Add(190, [1, 2, 3]));

        Assert.True(AuthorizationMapper.TryMap(accept, s_local, out _, out _));
    }

    [Fact]
    [Requirement("RATT-11")]
    public void Every_class_is_kept_as_it_came()
    {
        byte[] first = [0, 255, 10];
        var second = Enumerable.Range(0, 253).Select(n => (byte)n).ToArray();
        var accept = Replies.Accept(packet =>
        {
            packet.Attributes.Add(RadiusAttributeType.Class, first);
            packet.Attributes.Add(RadiusAttributeType.Class, second);
        });

        Assert.True(AuthorizationMapper.TryMap(accept, s_local, out var authorization, out _));

        Assert.Equal([first, second], authorization.Classes.Select(octets => octets.ToArray()));
    }

    [Theory]
    [Requirement("RATT-10")]
    [InlineData("alias", "alias")]
    [InlineData("a\0b", null)]
    [InlineData(" ", null)]
    public void A_name_in_the_accept_is_taken_over_only_when_it_can_be_shown(string sent, string? expected)
    {
        var accept = Replies.Accept(packet => packet.Attributes.Add(RadiusAttributeType.UserName, Encoding.UTF8.GetBytes(sent)));

        Assert.True(AuthorizationMapper.TryMap(accept, s_local, out var authorization, out _));

        Assert.Equal(expected, authorization.UserName);
    }
}
