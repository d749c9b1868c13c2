using Microsoft.AspNetCore.Http;
using NacGateway.Web.Api.Frame;
using Xunit;

namespace NacGateway.Web.Tests.Api.Frame;

/// <summary>Cursors go on where they were made, and nowhere else.</summary>
public sealed class CursorsTests
{
    private readonly Cursors _cursors = new();

    [Fact]
    public void A_cursor_goes_on_where_it_was_made_whatever_the_size_of_the_page()
    {
        var text = _cursors.Write(Request("/api/v1/sessions", "?user=lena&size=10"), "2026-11-26T14:03:00Z", "42");

        Assert.True(_cursors.TryRead(Request("/api/v1/sessions", $"?size=20&user=lena&cursor={text}"), new PageQuery { Cursor = text, Size = 20 }, out var position, out _));
        Assert.Equal(["2026-11-26T14:03:00Z", "42"], position);
    }

    [Theory]
    [InlineData("/api/v1/sessions", "?user=eve")]
    [InlineData("/api/v1/sessions", "?user=lena&state=open")]
    [InlineData("/api/v1/sessions", "")]
    [InlineData("/api/v1/people", "?user=lena")]
    public void It_is_refused_for_another_list_or_other_filters(string path, string query)
    {
        var text = _cursors.Write(Request("/api/v1/sessions", "?user=lena"), "42");

        Assert.False(_cursors.TryRead(Request(path, query), new PageQuery { Cursor = text }, out _, out var refused));
        Assert.Equal(ProblemKind.BadCursor, refused.Kind);
    }

    [Fact]
    public void No_changed_character_passes()
    {
        var request = Request("/api/v1/sessions", "");
        var text = _cursors.Write(request, "42");

        for (var at = 0; at < text.Length - 1; at++)
        {
            var changed = text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];

            Assert.False(_cursors.TryRead(request, new PageQuery { Cursor = changed }, out _, out _), $"changed at {at}");
        }
    }

    [Fact]
    public void One_of_another_run_of_the_gateway_is_refused()
    {
        var request = Request("/api/v1/sessions", "");
        var text = new Cursors().Write(request, "42");

        Assert.False(_cursors.TryRead(request, new PageQuery { Cursor = text }, out _, out _));
    }

    [Theory]
    [InlineData("!")]
    [InlineData("AA")]
    [InlineData("AQ==")]
    public void Rubbish_is_refused(string text)
    {
        string[] cursors = [text, new string('A', Cursors.LongestText + 4), new string('A', 100)];

        Assert.All(cursors, cursor => Assert.False(_cursors.TryRead(Request("/api/v1/sessions", ""), new PageQuery { Cursor = cursor }, out _, out _)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    [InlineData(-1)]
    public void A_page_has_a_bound(int size)
    {
        Assert.False(_cursors.TryRead(Request("/api/v1/sessions", ""), new PageQuery { Size = size }, out _, out var refused));
        Assert.Equal(422, refused.StatusCode);
        Assert.Equal("size", Assert.Single(refused.Errors!).Key);
    }

    private static DefaultHttpContext Request(string path, string query) => new() { Request = { Path = path, QueryString = new QueryString(query) } };
}
