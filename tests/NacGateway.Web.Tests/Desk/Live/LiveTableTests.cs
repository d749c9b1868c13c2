using NacGateway.Web.Desk.Live;
using Xunit;

namespace NacGateway.Web.Tests.Desk.Live;

/// <summary>Only what differs is told.</summary>
public sealed class LiveTableTests
{
    private readonly LiveTable _table = new();

    [Fact]
    public void What_is_as_it_was_is_not_told()
    {
        _table.Look([Row("a", "1"), Row("b", "2")]);

        Assert.Empty(_table.Look([Row("a", "1"), Row("b", "2")]));
    }

    [Fact]
    public void A_cell_with_another_value_is_told_alone()
    {
        _table.Look([Row("a", "1"), Row("b", "2")]);

        var told = Assert.Single(_table.Look([Row("a", "1"), Row("b", "3")]));

        Assert.Equal(("delta", """{"rows":{"b":{"rate":{"text":"3"}}}}"""), (told.Name, told.Json));
    }

    [Fact]
    public void A_row_that_is_gone_and_one_that_came_change_the_order()
    {
        _table.Look([Row("a", "1"), Row("b", "2")]);

        var told = _table.Look([Row("c", "1"), Row("b", "2")]);

        Assert.Equal([("delta", """{"rows":{"a":null}}"""), ("order", """{"added":1,"removed":1}""")], told.Select(one => (one.Name, one.Json)));
    }

    [Fact]
    public void Rows_that_changed_places_are_another_order()
    {
        _table.Look([Row("a", "1"), Row("b", "2")]);

        var told = Assert.Single(_table.Look([Row("b", "2"), Row("a", "1")]));

        Assert.Equal(("order", """{"added":0,"removed":0}"""), (told.Name, told.Json));
    }

    [Fact]
    public void Whoever_comes_new_gets_all_of_it()
    {
        _table.Look([Row("a", "1"), Row("b", "2")]);

        Assert.Equal("""{"rows":{"a":{"name":{"text":"user a"},"rate":{"text":"1"}},"b":{"name":{"text":"user b"},"rate":{"text":"2"}}}}""", _table.All().Json);
    }

    [Fact]
    public void No_text_ends_its_line_or_its_event()
    {
        var written = System.Text.Encoding.UTF8.GetString(LiveEvent.Write([LiveEvent.Delta(new Dictionary<string, IReadOnlyDictionary<string, LiveCell>?>(StringComparer.Ordinal)
        {
            ["a"] = new Dictionary<string, LiveCell>(StringComparer.Ordinal) { ["name"] = "one\ndata: {}\r\n\nevent: notice\u2028</script>" },
        })]));

        Assert.Equal(3, written.Count(c => c == '\n'));
        Assert.DoesNotContain('\r', written);
        Assert.DoesNotContain("</script>", written, StringComparison.Ordinal);
    }

    private static (string, IReadOnlyDictionary<string, LiveCell>) Row(string id, string rate) =>
        (id, new Dictionary<string, LiveCell>(StringComparer.Ordinal) { ["name"] = $"user {id}", ["rate"] = rate });
}
