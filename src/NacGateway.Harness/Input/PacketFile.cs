using System.Globalization;
using System.Text;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Dictionary;

namespace NacGateway.Harness.Input;

/// <summary>
/// Packets in a file as radclient reads them: lines of Name = value, several in a line with commas between; a line that begins with #, and
/// what stands behind a blank and #, is a comment; an empty line ends a packet.
/// </summary>
internal static class PacketFile
{
    private const int MostOctets = 1 << 20;
    private const int MostPackets = 1000;

    /// <summary>Reads a file, or standard input for "-".</summary>
    /// <exception cref="UsageException">It cannot be read, holds no packet, too much, or something else.</exception>
    public static async Task<IReadOnlyList<GivenAttributes>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var name = path == "-" ? "standard input" : path;
        try
        {
            await using var input = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            using var octets = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int length; (length = await input.ReadAsync(buffer, cancellationToken)) != 0;)
            {
                octets.Write(buffer, 0, length);
                if (octets.Length > MostOctets)
                {
                    throw new UsageException($"--file: {name} is larger than 1 MiB. Give fewer packets, and --repeat.");
                }
            }

            return Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(octets.ToArray()), name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--file: {exception.Message} Name a text file in UTF-8 that this user may read.", exception);
        }
    }

    internal static IReadOnlyList<GivenAttributes> Parse(string text, string name)
    {
        var packets = new List<GivenAttributes>();
        var current = new List<AttributeAssignment>();
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Split('\n').Append(string.Empty))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                if (current.Count != 0)
                {
                    packets.Add(new GivenAttributes([.. current]));
                    current.Clear();
                }

                continue;
            }

            var content = WithoutComment(line);
            if (!string.IsNullOrWhiteSpace(content))
            {
                current.AddRange(AttributeText.ParseLine(content, string.Create(CultureInfo.InvariantCulture, $"{name}:{number}")));
            }
        }

        return packets.Count switch
        {
            0 => throw new UsageException($"--file: {name} holds no attribute. A line is Name = value, and an empty line ends a packet."),
            > MostPackets => throw new UsageException($"--file: {name} holds {packets.Count} packets, and {MostPackets} are the most. Give fewer, and --repeat."),
            _ => packets,
        };
    }

    private static string WithoutComment(string line)
    {
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            if (quote != '\0' && line[i] == '\\')
            {
                i++;
            }
            else if (quote != '\0')
            {
                quote = line[i] == quote ? '\0' : quote;
            }
            else if (line[i] is '"' or '\'')
            {
                quote = line[i];
            }
            else if (line[i] == '#' && (i == 0 || char.IsWhiteSpace(line[i - 1])))
            {
                return line[..i];
            }
        }

        return line;
    }
}
