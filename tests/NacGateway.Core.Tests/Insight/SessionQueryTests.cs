using NacGateway.Core.Insight.Search;
using NacGateway.Core.Sessions;
using Xunit;

namespace NacGateway.Core.Tests.Insight;

/// <summary>The query grammar: what is read, what is written, and that both agree.</summary>
public sealed class SessionQueryTests
{
    private const int Cases = 2_000;

    [Fact]
    public void Words_and_terms_of_a_search_box_are_told_apart()
    {
        var query = SessionQueryReader.Read("user:lena state:stale,idle 10.20. a2:37:d4 \"user:x\" role:\"front office\"");

        Assert.Equal(["lena"], query.Users);
        Assert.Equal([SessionStateFilter.Stale, SessionStateFilter.Idle], query.States);
        Assert.Equal(["10.20.", "a2:37:d4", "user:x"], query.Words);
        Assert.Equal(["front office"], query.Roles);
        Assert.Empty(query.Notices);
    }

    [Fact]
    public void A_value_that_makes_no_sense_falls_back_with_a_notice_and_an_unknown_key_is_passed_over()
    {
        var query = Read(("state", "asleep,idle"), ("sort", "shoe size"), ("dir", "up"), ("page", "-3"), ("size", "9000"), ("range", "soon"), ("from", "x"), ("cause", "boredom"), ("colour", "red"), ("q", "ip:10.0.0.0/99"));

        Assert.Equal([SessionStateFilter.Idle], query.States);
        Assert.Equal((SessionSort.Started, true, 1, SessionQuery.UsualSize), (query.Sort, query.IsDescending, query.Page, query.Size));
        Assert.Equal(9, query.Notices.Count);
    }

    [Fact]
    public void Defaults_are_left_out_of_the_url()
    {
        Assert.Empty(SessionQueryWriter.ToUrl(Read()));
        Assert.Empty(SessionQueryWriter.ToUrl(SessionQueryReader.Read([], SessionListing.Past)));
        Assert.Equal([("state", "any")], SessionQueryWriter.ToUrl(Read(("state", "any"))));
    }

    [Fact]
    public void What_is_written_is_read_back_as_the_same()
    {
        var random = new Random(4711);
        for (var n = 0; n < Cases; n++)
        {
            var query = Any(random);

            var url = SessionQueryWriter.ToUrl(query);
            var again = SessionQueryReader.Read(url.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)), query.Listing);

            Assert.Empty(again.Notices);
            Assert.Equal(Parts(query), Parts(again));
        }
    }

    [Fact]
    public void The_text_of_a_search_says_all_that_narrows_it()
    {
        var random = new Random(42);
        for (var n = 0; n < Cases; n++)
        {
            var query = Any(random) with { Range = null, From = null, To = null, Sort = SessionSort.Started, IsDescending = true, Page = 1, Size = SessionQuery.UsualSize, Listing = SessionListing.Open };

            var again = SessionQueryReader.Read(SessionQueryWriter.ToText(query));

            Assert.Equal(Parts(query), Parts(again));
        }
    }

    [Fact]
    public void Whatever_is_sent_a_search_of_bounded_size_comes_of_it()
    {
        var random = new Random(1);
        for (var n = 0; n < Cases; n++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(900)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 128 : 0x10000))]);

            var query = Read(("q", text), ("user", text), ("role", text), ("cursor", text), ("from", text), ("range", text));

            Assert.True(query.Words.Count <= 16 && query.Users.Count <= 16 && query.Notices.Count <= 16);
            Assert.DoesNotContain(query.Words.Concat(query.Users).Concat(query.Roles), value => value.Contains('\0', StringComparison.Ordinal) || value.Length > 253);
        }
    }

    [Theory]
    [InlineData("a2:37:d4:84:7e:4d", "A2-37-D4-84-7E-4D", true)]
    [InlineData("A237.D484.7E4D", "A2-37-D4-84-7E-4D", true)]
    [InlineData("a2-37-d", "A2-37-D", false)]
    public void A_mac_address_is_read_in_any_spelling(string text, string canonical, bool isWhole)
    {
        Assert.True(StationText.TryRead(text, out var read, out var whole));
        Assert.Equal((canonical, isWhole), (read, whole));
    }

    [Theory]
    [InlineData("A2-37-D4-84-7E-4D", true)]
    [InlineData("00-37-D4-84-7E-4D", false)]
    [InlineData("lobby", false)]
    [InlineData(null, false)]
    public void A_made_up_mac_address_shows_by_its_second_lowest_bit(string? station, bool isRandomised) => Assert.Equal(isRandomised, StationText.IsRandomised(station));

    private static SessionQuery Read(params (string Key, string Value)[] url) => SessionQueryReader.Read(url.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));

    private static SessionQuery Any(Random random)
    {
        var isDated = random.Next(3) == 0;
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.Next(1_000_000));
        var sort = Enum.GetValues<SessionSort>()[random.Next(9)];
        return new SessionQuery
        {
            Listing = random.Next(2) == 0 ? SessionListing.Open : SessionListing.Past,
            Words = Texts(random),
            Users = Texts(random),
            Addresses = random.Next(2) == 0 ? [] : ["10.20.", "10.0.0.0/13", "2001:db8::/32", "192.0.2.7"],
            Macs = Texts(random),
            Roles = Texts(random),
            Servers = Texts(random),
            States = Some<SessionStateFilter>(random, SessionStateFilter.None),
            Causes = Some<AcctTerminateCause>(random, AcctTerminateCause.None),
            Range = isDated ? null : random.Next(3) switch { 0 => "24h", 1 => "30d", _ => null },
            From = isDated ? from : null,
            To = isDated && random.Next(2) == 0 ? from.AddTicks(random.Next(1, 1_000_000)) : null,
            Sort = sort,
            IsDescending = random.Next(2) == 0,
            Page = random.Next(1, 4),
            Size = random.Next(1, SessionQuery.MostRows + 1),
        };
    }

    private static List<string> Texts(Random random)
    {
        const string Alphabet = "abcXYZ019 .,:-\"'<>&=+#%/\\()[]äß漢\u202E";
        return [.. Enumerable.Range(0, random.Next(4)).Select(_ => new string([.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]).Trim()).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    private static List<T> Some<T>(Random random, T none)
        where T : struct, Enum => [.. Enum.GetValues<T>().Where(value => !value.Equals(none) && random.Next(4) == 0)];

    private static string Parts(SessionQuery query) => string.Join('\u001F',
        string.Join('\u001E', query.Words), string.Join('\u001E', query.Users), string.Join('\u001E', query.Addresses), string.Join('\u001E', query.Macs),
        string.Join('\u001E', query.Roles.Order(StringComparer.Ordinal)), string.Join('\u001E', query.Servers.Order(StringComparer.Ordinal)), string.Join('\u001E', query.States), string.Join('\u001E', query.Causes),
        query.Range, query.From?.UtcTicks, query.To?.UtcTicks, query.Sort, query.IsDescending, query.Page, query.Size, query.Listing);
}
