using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NacGateway.Core.Policy.Documents;

/// <summary>Where the parts of a document stand, so that an error that names a part can name its line, too.</summary>
public sealed class DocumentLines
{
    private const int Deepest = 16;

    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    private DocumentLines()
    {
    }

    /// <summary>Reads the places; of a text that is no JSON, those before the fault.</summary>
    public static DocumentLines Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new DocumentLines();
        var octets = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(octets, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = Deepest });
        try
        {
            lines.Read(ref reader, octets);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The error itself says where.
        }

        return lines;
    }

    /// <summary>The line, from 1, of the part that an error of <see cref="PolicyDocument.TryParse"/> begins with; null where it names none.</summary>
    public int? Find(string error)
    {
        ArgumentNullException.ThrowIfNull(error);
        const string Line = "document is no JSON: line ";
        if (error.StartsWith(Line, StringComparison.Ordinal))
        {
            var end = error.IndexOf(':', Line.Length);
            return end > 0 && int.TryParse(error.AsSpan(Line.Length, end - Line.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        }

        for (var end = error.IndexOf(' ', StringComparison.Ordinal); end > 0; end = error.IndexOf(' ', end + 1))
        {
            if (_lines.TryGetValue(error[..end], out var line))
            {
                return line;
            }
        }

        return null;
    }

    private void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> octets)
    {
        // Of each open object or array: its path, and the number of the next entry; -1 in an object.
        var open = new Stack<(string Path, int Next)>();
        var (line, counted) = (1, 0);
        string? property = null;
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            line += octets[counted..start].Count((byte)'\n');
            counted = start;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                property = reader.GetString();
                continue;
            }

            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                open.Pop();
                continue;
            }

            var path = Path(open, property);
            property = null;
            _lines.TryAdd(path, line);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                open.Push((path, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
        }
    }

    /// <summary>The path of the next value, as errors write it.</summary>
    private static string Path(Stack<(string Path, int Next)> open, string? property)
    {
        if (open.Count == 0)
        {
            return "document";
        }

        var (path, next) = open.Peek();
        if (next < 0)
        {
            return path == "document" ? property ?? "" : $"{path}.{property}";
        }

        open.Pop();
        open.Push((path, next + 1));
        return string.Create(CultureInfo.InvariantCulture, $"{path}[{next}]");
    }
}
