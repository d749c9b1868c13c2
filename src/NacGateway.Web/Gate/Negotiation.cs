using Microsoft.Extensions.Primitives;

namespace NacGateway.Web.Gate;

/// <summary>Picks form and language of an answer from Accept and Accept-Language (RFC 9110 section 12.5). Does not allocate.</summary>
internal static class Negotiation
{
    private const int FullQuality = 1000;

    /// <summary>
    /// HTML unless the client prefers JSON; plain text when it takes neither. At equal quality a type that was named beats one that
    /// only a wildcard covers: <c>application/json, */*</c> asks for JSON.
    /// </summary>
    public static AnswerFormat Format(StringValues accept)
    {
        if (accept.Count == 0)
        {
            return AnswerFormat.Html;
        }

        int html = -1, json = -1, text = -1;
        int htmlDetail = -1, jsonDetail = -1, textDetail = -1;
        foreach (var value in accept)
        {
            var rest = value.AsSpan();
            while (TryNext(ref rest, out var type, out var quality))
            {
                if (type.Equals("*/*", StringComparison.Ordinal))
                {
                    Note(ref html, ref htmlDetail, quality, 0);
                    Note(ref json, ref jsonDetail, quality, 0);
                    Note(ref text, ref textDetail, quality, 0);
                }
                else if (Is(type, "text/*"))
                {
                    Note(ref html, ref htmlDetail, quality, 1);
                    Note(ref text, ref textDetail, quality, 1);
                }
                else if (Is(type, "application/*"))
                {
                    Note(ref json, ref jsonDetail, quality, 1);
                }
                else if (Is(type, "text/html") || Is(type, "application/xhtml+xml"))
                {
                    Note(ref html, ref htmlDetail, quality, 2);
                }
                else if (Is(type, "application/json") || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
                {
                    Note(ref json, ref jsonDetail, quality, 2);
                }
                else if (Is(type, "text/plain"))
                {
                    Note(ref text, ref textDetail, quality, 2);
                }
            }
        }

        var htmlRank = Rank(html, htmlDetail);
        var jsonRank = Rank(json, jsonDetail);
        if (htmlRank > 0 && htmlRank >= jsonRank && htmlRank >= Rank(text, textDetail))
        {
            return AnswerFormat.Html;
        }

        return jsonRank > 0 && jsonRank >= Rank(text, textDetail) ? AnswerFormat.Json : AnswerFormat.Text;
    }

    /// <summary>The language with the highest quality; English when none is asked for.</summary>
    public static AnswerLanguage Language(StringValues acceptLanguage)
    {
        var best = AnswerLanguage.En;
        var bestQuality = 0;
        foreach (var value in acceptLanguage)
        {
            var rest = value.AsSpan();
            while (TryNext(ref rest, out var range, out var quality))
            {
                if (quality > bestQuality && TryLanguage(range, out var language))
                {
                    best = language;
                    bestQuality = quality;
                }
            }
        }

        return best;
    }

    private static bool TryLanguage(ReadOnlySpan<char> range, out AnswerLanguage language)
    {
        var dash = range.IndexOf('-');
        var primary = dash < 0 ? range : range[..dash];
        language = Is(primary, "de") ? AnswerLanguage.De : Is(primary, "ar") ? AnswerLanguage.Ar : AnswerLanguage.En;
        return language != AnswerLanguage.En || Is(primary, "en");
    }

    private static bool Is(ReadOnlySpan<char> value, string expected) => value.Equals(expected, StringComparison.OrdinalIgnoreCase);

    /// <summary>The more exact range decides; among equally exact ones the higher quality.</summary>
    private static void Note(ref int quality, ref int detail, int newQuality, int newDetail)
    {
        if (newDetail > detail || (newDetail == detail && newQuality > quality))
        {
            quality = newQuality;
            detail = newDetail;
        }
    }

    private static int Rank(int quality, int detail) => quality <= 0 ? 0 : (quality * 3) + detail;

    /// <summary>Takes the next element of a comma-separated list with its <c>;q=</c>.</summary>
    private static bool TryNext(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> item, out int quality)
    {
        item = default;
        quality = FullQuality;
        if (rest.IsEmpty)
        {
            return false;
        }

        var comma = rest.IndexOf(',');
        var element = comma < 0 ? rest : rest[..comma];
        rest = comma < 0 ? [] : rest[(comma + 1)..];
        var semicolon = element.IndexOf(';');
        item = (semicolon < 0 ? element : element[..semicolon]).Trim();
        while (semicolon >= 0)
        {
            element = element[(semicolon + 1)..];
            semicolon = element.IndexOf(';');
            var parameter = (semicolon < 0 ? element : element[..semicolon]).Trim();
            if (parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase))
            {
                quality = ParseQuality(parameter[2..].Trim());
            }
        }

        return true;
    }

    /// <summary>0 to 1000. What is no qvalue counts as not wanted: a client that cannot say what it wants gets the default.</summary>
    private static int ParseQuality(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > 5 || text[0] is not ('0' or '1') || (text.Length > 1 && text[1] != '.'))
        {
            return 0;
        }

        var quality = (text[0] - '0') * FullQuality;
        var scale = 100;
        for (var i = 2; i < text.Length; i++, scale /= 10)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                return 0;
            }

            quality += (text[i] - '0') * scale;
        }

        return Math.Min(quality, FullQuality);
    }
}
