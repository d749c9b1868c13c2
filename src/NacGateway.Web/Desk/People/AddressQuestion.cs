using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using NacGateway.Core.Insight.People;
using NacGateway.Core.Sessions;

namespace NacGateway.Web.Desk.People;

/// <summary>Who had an address when, as it was asked: by the fields of a form, or in a sentence.</summary>
/// <param name="Address">The address; null where none could be read.</param>
/// <param name="At">The moment: now, where none was named or it could not be read.</param>
/// <param name="Notices">What could not be read, as sentences for whoever typed it.</param>
internal sealed record AddressQuestion(ClientKey? Address, DateTimeOffset At, IReadOnlyList<string> Notices)
{
    private const int Longest = 200;
    private const int LongestShown = 60;

    /// <summary>Reads the fields.</summary>
    public static AddressQuestion Read(string? address, string? at, DateTimeOffset now, TimeZoneInfo zone)
    {
        List<string> notices = [];
        var key = TryAddress(address, out var found) ? ClientKey.From(found) : (ClientKey?)null;
        if (key is null && !string.IsNullOrWhiteSpace(address))
        {
            notices.Add($"'{Cut(address)}' is no IPv4 or IPv6 address.");
        }

        var moment = now;
        if (!string.IsNullOrWhiteSpace(at) && !MomentText.TryRead(at, now, zone, out moment))
        {
            notices.Add($"'{Cut(at)}' is no moment that can be read: write 2026-11-24T14:03Z, 2026-11-24 14:03, Tuesday 14:03, yesterday 14:03 or 14:03. This is how it stands now.");
            moment = now;
        }

        return new AddressQuestion(key, moment, notices);
    }

    /// <summary>Reads a sentence such as "who had 10.0.0.7 at 14:03 on Tuesday?"; null for what is none.</summary>
    public static AddressQuestion? ReadSentence(string? text, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (text is not { Length: > 0 and <= Longest })
        {
            return null;
        }

        var words = text.Trim().TrimEnd('?', '.').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var place = Array.FindIndex(words, word => TryAddress(word, out _));
        if (place < 0 || words.Length < 2)
        {
            return null;
        }

        var before = words[..place];
        var isQuestion = before.Length == 0 || (before.Length == 2 && before[0].Equals("who", StringComparison.OrdinalIgnoreCase));
        return isQuestion && Read(words[place], string.Join(' ', words[(place + 1)..]), now, zone) is { Notices.Count: 0 } question ? question : null;
    }

    /// <summary>Whole addresses only: "10.7" would be read as 10.0.0.7.</summary>
    public static bool TryAddress(string? text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        return text?.Trim() is { Length: > 1 and <= LongestShown } trimmed
            && IPAddress.TryParse(trimmed, out address)
            && (address.AddressFamily == AddressFamily.InterNetworkV6 || trimmed.Count(c => c == '.') == 3);
    }

    private static string Cut(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";
}
