using System.Globalization;
using System.Text;

namespace NacGateway.Benchmarks.Http;

/// <summary>One HTTP/1.1 answer with Content-Length, as it stood on the wire.</summary>
/// <param name="Length">Octets from the status line to the end of the body.</param>
/// <param name="StatusCode">The status code.</param>
/// <param name="Headers">Header fields in their order.</param>
/// <param name="Body">The body.</param>
internal sealed record RawAnswer(int Length, int StatusCode, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <summary>Reads an answer when it is there whole.</summary>
    public static bool TryParse(ReadOnlySpan<byte> octets, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RawAnswer? answer)
    {
        answer = null;
        var end = octets.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var lines = Encoding.Latin1.GetString(octets[..end]).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1])).ToList();
        var length = int.Parse(headers.Single(header => header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)).Value, CultureInfo.InvariantCulture);
        var total = end + 4 + length;
        if (octets.Length < total)
        {
            return false;
        }

        answer = new RawAnswer(total, int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, octets[(end + 4)..total].ToArray());
        return true;
    }
}
