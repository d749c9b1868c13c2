using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NacGateway.Web.Desk.Live;

/// <summary>One event of a stream: its name, and its data as JSON on one line.</summary>
internal sealed record LiveEvent(string Name, string Json)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Cells that have another value, by row and by name; null for a row that is gone.</summary>
    public static LiveEvent Delta(IReadOnlyDictionary<string, IReadOnlyDictionary<string, LiveCell>?> rows) => Of("delta", new Dictionary<string, object>(StringComparer.Ordinal) { ["rows"] = rows });

    /// <summary>The list has other rows, or another order: pages fetch it anew when nobody is at work in it.</summary>
    public static LiveEvent Order(int added, int removed) => Of("order", new { added, removed });

    /// <summary>The rows that the list has, in their order: a page that shows others, because it is a moment older or was cut off, fetches it anew.</summary>
    public static LiveEvent List(IEnumerable<string> ids) => Of("list", ids);

    /// <summary>How many there are, and in words.</summary>
    public static LiveEvent Total(long total, string text) => Of("total", new { total, text });

    /// <summary>Tiles by name.</summary>
    public static LiveEvent Tiles(IReadOnlyDictionary<string, LiveTile> tiles) => Of("tile", tiles);

    /// <summary>The next point of a plot; a value that is not known is null, and a gap.</summary>
    public static LiveEvent Point(string plot, DateTimeOffset at, params IReadOnlyList<double?> values) =>
        new("point", JsonSerializer.Serialize(new { plot, at = at.ToUnixTimeSeconds(), values }, JsonSerializerOptions.Web));

    /// <summary>A region of the page is to be fetched anew.</summary>
    public static LiveEvent Region(string name) => Of("region", new { name });

    /// <summary>Words for the person.</summary>
    public static LiveEvent Notice(string kind, string text) => Of("notice", new { kind, text });

    /// <summary>The first of each stream: a page of another version offers to load itself anew.</summary>
    public static LiveEvent Hello(string build) => Of("hello", new { build });

    /// <summary>An event of any other name.</summary>
    public static LiveEvent Of<T>(string name, T data) => new(name, JsonSerializer.Serialize(data, s_json));

    /// <summary>As it is sent (HTML, section 9.2.6); JSON has no line end of its own.</summary>
    public static byte[] Write(IReadOnlyList<LiveEvent> events)
    {
        var text = new StringBuilder();
        foreach (var one in events)
        {
            text.Append("event: ").Append(one.Name).Append("\ndata: ").Append(one.Json).Append("\n\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
