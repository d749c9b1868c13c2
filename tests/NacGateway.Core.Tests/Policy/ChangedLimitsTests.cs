using NacGateway.Core.Policy;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Policy;

public sealed class ChangedLimitsTests
{
    private static readonly LimitContext s_context = new()
    {
        StartedAt = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero),
        Local = new SessionLimits { SessionTimeout = TimeSpan.FromHours(12), IdleTimeout = TimeSpan.FromMinutes(30), InterimInterval = TimeSpan.FromMinutes(10) },
        Policy = new AccessPolicy(1,
        [
            new PolicyRole { Name = "slow", Limits = new SessionLimits { DownloadRate = 1000, TotalQuota = 50, InterimInterval = TimeSpan.FromMinutes(5) } },
            new PolicyRole { Name = "fast", Limits = new SessionLimits { DownloadRate = 9000, IdleTimeout = TimeSpan.FromMinutes(3) } },
        ]),
    };

    private static readonly SessionLimits s_current = new()
    {
        SessionTimeout = TimeSpan.FromHours(1),
        IdleTimeout = TimeSpan.FromMinutes(30),
        InterimInterval = TimeSpan.FromMinutes(5),
        UploadRate = 500,
        DownloadRate = 1000,
        TotalQuota = 50,
        Role = "slow",
    };

    [Fact]
    [Requirement("COA-23")]
    public void What_is_named_replaces_and_what_is_not_stays()
    {
        Assert.True(AuthorizationMapper.TryMapLimits(GrantedAttributesTests.Accept("27=00001c20 14122:7=800").Attributes, s_current, s_context, out var limits, out _));

        Assert.Equal(s_current with { SessionTimeout = TimeSpan.FromHours(2), UploadRate = 800 }, limits);
    }

    [Fact]
    public void A_change_exceeds_neither_the_local_limits_nor_those_of_the_role()
    {
        Assert.True(AuthorizationMapper.TryMapLimits(GrantedAttributesTests.Accept("27=000186a0 28=00000000 85=0000003c 14122:8=5000").Attributes, s_current, s_context, out var limits, out _));

        Assert.Equal(s_current with { SessionTimeout = TimeSpan.FromHours(12) }, limits);
    }

    [Fact]
    [Requirement("RATT-15")]
    public void Another_role_takes_the_limits_of_the_old_one_away_and_brings_its_own()
    {
        Assert.True(AuthorizationMapper.TryMapLimits(GrantedAttributesTests.Accept("11=46617374").Attributes, s_current, s_context, out var limits, out _));

        Assert.Equal(
            s_current with { Role = "fast", DownloadRate = 9000, TotalQuota = null, IdleTimeout = TimeSpan.FromMinutes(3), InterimInterval = TimeSpan.FromMinutes(10) },
            limits);
    }

    [Theory]
    [InlineData("11=6e6f6e65", false)]
    [InlineData("27=00", false)]
    [InlineData("92=00", true)]
    [InlineData("27=00001c20 14988:8='much'", false)]
    [Requirement("COA-16", "COA-17")]
    public void Nothing_changes_when_one_part_is_wrong(string attributes, bool isUnsupported)
    {
        Assert.False(AuthorizationMapper.TryMapLimits(GrantedAttributesTests.Accept(attributes).Attributes, s_current, s_context, out var limits, out var problem));

        Assert.Null(limits);
        Assert.Equal(isUnsupported, problem.IsUnsupported);
    }

    [Fact]
    public void A_time_that_has_passed_ends_the_session_at_once()
    {
        Assert.True(AuthorizationMapper.TryMapLimits(GrantedAttributesTests.Accept("14122:9='2026-03-02T07:00:00Z'").Attributes, s_current, s_context, out var limits, out _));

        Assert.Equal(TimeSpan.Zero, limits.SessionTimeout);
    }

    [Fact]
    public void The_attributes_that_limit_are_told_apart_from_others()
    {
        Assert.True(AuthorizationMapper.IsLimit(27) && AuthorizationMapper.IsLimit(11) && AuthorizationMapper.IsLimit(14122, 8));
        Assert.False(AuthorizationMapper.IsLimit(1) || AuthorizationMapper.IsLimit(92) || AuthorizationMapper.IsLimit(14122, 1) || AuthorizationMapper.IsLimit(14823, 51));
    }
}
