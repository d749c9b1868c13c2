using Microsoft.AspNetCore.Http;
using NacGateway.Web.Api.Frame;
using Xunit;

namespace NacGateway.Web.Tests.Api.Frame;

/// <summary>A change is made from the version that is there, or not at all (RFC 9110 section 13.1).</summary>
public sealed class EntityTagsTests
{
    private static readonly string s_tag = EntityTags.Of("policy", "7");

    [Fact]
    public void Another_version_has_another_tag()
    {
        Assert.False(s_tag == EntityTags.Of("policy", "8"));
        Assert.False(EntityTags.Of("a", "bc") == EntityTags.Of("ab", "c"));
        Assert.Matches("^\"[A-Za-z0-9_-]+\"$", s_tag);
    }

    [Fact]
    public void The_version_that_is_there_may_be_changed()
    {
        Assert.True(EntityTags.Allow(Request(match: s_tag), s_tag, out _));
        Assert.True(EntityTags.Allow(Request(match: $"\"other\", {s_tag}"), s_tag, out _));
        Assert.True(EntityTags.Allow(Request(match: "*"), s_tag, out _));
    }

    [Fact]
    public void Without_a_version_nothing_is_changed()
    {
        Assert.False(EntityTags.Allow(Request(match: null), s_tag, out var refused));
        Assert.Equal(428, refused.StatusCode);
    }

    [Fact]
    public void Another_version_is_refused_with_the_one_that_is_there()
    {
        var request = Request(match: EntityTags.Of("policy", "6"));

        Assert.False(EntityTags.Allow(request, s_tag, out var refused));
        Assert.Equal(412, refused.StatusCode);
        Assert.Equal(s_tag, request.Response.Headers.ETag.ToString());
    }

    [Theory]
    [InlineData("W/")]
    [InlineData("rubbish ")]
    public void A_weak_or_unreadable_tag_does_not_match(string before) =>
        Assert.False(EntityTags.Allow(Request(match: before + s_tag), s_tag, out _));

    [Fact]
    public void Who_has_it_already_need_not_get_it_again()
    {
        var known = new DefaultHttpContext { Request = { Headers = { IfNoneMatch = "W/" + s_tag } } };
        var other = new DefaultHttpContext { Request = { Headers = { IfNoneMatch = "\"x\"" } } };

        Assert.True(EntityTags.IsKnown(known, s_tag));
        Assert.False(EntityTags.IsKnown(other, s_tag));
        Assert.Equal(s_tag, other.Response.Headers.ETag.ToString());
    }

    private static DefaultHttpContext Request(string? match)
    {
        var context = new DefaultHttpContext();
        if (match is not null)
        {
            context.Request.Headers.IfMatch = match;
        }

        return context;
    }
}
