using System.Globalization;
using System.Text;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>Reads the lines of a file that another program writes meanwhile and that devices have a word in: bounded in every direction.</summary>
internal static class LeaseText
{
    /// <summary>More than a quarter of a million leases take; what is behind is not read.</summary>
    internal const int LargestFile = 64 * 1024 * 1024;

    /// <summary>A host name has 255 octets; a longer line is passed over.</summary>
    internal const int LongestLine = 4096;

    /// <summary>The whole lines of a file; the last one only when it has its end, for it may be half written.</summary>
    public static IEnumerable<string> Lines(string path)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 65_536, Options = FileOptions.SequentialScan });
        var line = new byte[LongestLine];
        var length = 0;
        long read = 0;
        for (int octet; read < LargestFile && (octet = file.ReadByte()) >= 0; read++)
        {
            if (octet != '\n')
            {
                if (length < LongestLine)
                {
                    line[length] = (byte)octet;
                }

                length++;
                continue;
            }

            if (length <= LongestLine)
            {
                // Latin 1 takes any octet; only the columns in ASCII are looked at.
                yield return Encoding.Latin1.GetString(line, 0, length).TrimEnd('\r');
            }

            length = 0;
        }
    }

    /// <summary>An instant in seconds since 1970.</summary>
    public static bool TryReadInstant(string text, out DateTimeOffset instant)
    {
        const long Latest = 253_402_300_799;
        instant = default;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > Latest)
        {
            return false;
        }

        instant = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }
}
