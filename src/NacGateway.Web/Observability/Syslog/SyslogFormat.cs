using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;

namespace NacGateway.Web.Observability.Syslog;

/// <summary>
/// Writes messages as RFC 5424 section 6 has them. Nothing in a user's name can end a value, an element or a line: what RFC 5424 section
/// 6.3.3 names is escaped, and control characters and those that turn text around are written as <c>\u202e</c>.
/// </summary>
internal sealed class SyslogFormat
{
    /// <summary>What every receiver should take by UDP (RFC 5424 section 6.1).</summary>
    public const int LongestDatagram = 2048;

    /// <summary>What every receiver should take by TLS (RFC 5425 section 4.3.1).</summary>
    public const int LongestFrame = 8192;

    public const int LongestHostName = 255;
    public const int LongestAppName = 48;

    private const string Nil = "-";

    private static readonly byte[] s_byteOrderMark = [0xef, 0xbb, 0xbf];

    /// <summary>Characters of a value at most: all of a name, or as many less as it takes for the element to fit. The last ones always do.</summary>
    private static readonly int[] s_longestValues = [253, 64, 8];

    private readonly SyslogOptions _options;
    private readonly string _origin;
    private readonly int _longest;

    public SyslogFormat(IOptions<SyslogOptions> options)
    {
        _options = options.Value;
        _longest = _options.Transport == SyslogTransport.Udp ? LongestDatagram : LongestFrame;
        var host = Printable(_options.HostName.Length > 0 ? _options.HostName : Environment.MachineName);
        _origin = string.Create(CultureInfo.InvariantCulture, $"{host} {_options.AppName} {Environment.ProcessId}");
    }

    /// <summary>The octets of a message.</summary>
    /// <param name="message">What to write.</param>
    /// <param name="sequence">Its number since the start, from 1, by which a receiver sees what it has lost (RFC 5424 section 7.3.1).</param>
    public byte[] Write(SyslogMessage message, long sequence)
    {
        var octets = new ArrayBufferWriter<byte>(_longest);
        foreach (var longestValue in s_longestValues)
        {
            octets.ResetWrittenCount();
            Encoding.UTF8.GetBytes(Head(message, sequence, longestValue), octets);
            octets.Write(s_byteOrderMark);
            if (octets.WrittenCount <= _longest)
            {
                break;
            }
        }

        AppendText(octets, message.Text);
        return octets.WrittenSpan.ToArray();
    }

    private string Head(SyslogMessage message, long sequence, int longestValue)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"<{((int)_options.Facility * 8) + (int)message.Severity}>1 {message.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {_origin} {message.Id} ");
        head.Append(CultureInfo.InvariantCulture, $"[meta sequenceId=\"{((sequence - 1) % int.MaxValue) + 1}\"][{message.Element.Name}@{_options.EnterpriseNumber}");
        foreach (var (name, value) in message.Element.Parameters)
        {
            if (value is not null)
            {
                head.Append(' ').Append(name).Append("=\"");
                AppendValue(head, value, longestValue);
                head.Append('"');
            }
        }

        return head.Append("] ").ToString();
    }

    private static void AppendValue(StringBuilder writer, string value, int most)
    {
        // By characters and not by halves of them: the other half of a pair would be replaced by a mark.
        foreach (var rune in value.EnumerateRunes().Take(most))
        {
            if (IsHidden(rune))
            {
                // The backslash is one of the text, and doubled as such.
                writer.Append(CultureInfo.InvariantCulture, $"\\\\u{rune.Value:x4}");
            }
            else
            {
                writer.Append(rune.Value is '"' or '\\' or ']' ? "\\" : "").Append(rune.ToString());
            }
        }
    }

    /// <summary>Whole characters, as long as there is room.</summary>
    private void AppendText(ArrayBufferWriter<byte> octets, string text)
    {
        Span<byte> encoded = stackalloc byte[16];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = IsHidden(rune) ? Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"), encoded) : rune.EncodeToUtf8(encoded);
            if (octets.WrittenCount + length > _longest)
            {
                return;
            }

            octets.Write(encoded[..length]);
        }
    }

    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string Printable(string text)
    {
        var printable = string.Concat(text.Where(character => character is > ' ' and < (char)127).Take(LongestHostName));
        return printable.Length == 0 ? Nil : printable;
    }
}
