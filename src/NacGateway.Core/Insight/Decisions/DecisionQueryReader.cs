using System.Globalization;
using NacGateway.Core.Insight.Search;

namespace NacGateway.Core.Insight.Decisions;

/// <summary>
/// Reads a search from the keys of a URL: q, user, address, mac, server, outcome, reason, range, from, to, size, after. Unknown keys are
/// passed over; values that make no sense are left out, with a notice. Bounded.
/// </summary>
public sealed class DecisionQueryReader
{
    private const int MostValues = 16;
    private const int LongestText = 500;
    private const int LongestValue = 253;

    private static readonly HashSet<string> s_keys = new(StringComparer.Ordinal) { "user", "address", "ip", "mac", "server", "outcome", "reason" };

    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    private readonly List<string> _notices = [];

    private DecisionQueryReader()
    {
    }

    /// <summary>Reads the pairs of a URL's query.</summary>
    public static DecisionQuery Read(IEnumerable<KeyValuePair<string, string>> url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new DecisionQueryReader().ReadAll([.. url.Select(pair => KeyValuePair.Create(pair.Key.ToLowerInvariant(), pair.Value))]);
    }

    private DecisionQuery ReadAll(IReadOnlyList<KeyValuePair<string, string>> url)
    {
        var text = Clean(string.Join(' ', url.Where(pair => pair.Key == "q").Select(pair => pair.Value)), LongestText, "The search").Trim();
        foreach (var term in QueryTerm.Read(text, s_keys))
        {
            Add(term.Key ?? "q", term.Values);
        }

        foreach (var (key, value) in url.Where(pair => s_keys.Contains(pair.Key)))
        {
            Add(key, value.Split(',', MostValues + 1));
        }

        var (verdicts, kinds) = ReadOutcomes();
        var (from, to) = (ReadTime("from", Find("from")), ReadTime("to", Find("to")));
        if (from >= to)
        {
            Say("'from' is not before 'to'; both were left out.");
            (from, to) = (null, null);
        }

        return new DecisionQuery
        {
            Text = text.Length == 0 ? null : text,
            Words = Of("q"),
            Users = Of("user"),
            Addresses = Of("address"),
            Macs = Of("mac"),
            Servers = Of("server"),
            Verdicts = verdicts,
            Kinds = kinds,
            Reasons = [.. Of("reason").Select(name => ReadName<RefusalKind>("reason", name)).OfType<RefusalKind>().Distinct()],
            Range = from is null && to is null ? ReadRange(Find("range")) : null,
            From = from,
            To = to,
            Size = ReadSize(Find("size")),
            After = Find("after") is { Length: > 0 and <= 200 } after ? after : null,
            Notices = _notices,
        };

        string? Find(string key) => url.Where(pair => pair.Key == key).Select(pair => pair.Value).FirstOrDefault();
    }

    private List<string> Of(string key) => _values.GetValueOrDefault(key) ?? [];

    private void Add(string key, IEnumerable<string> values)
    {
        key = key == "ip" ? "address" : key;
        foreach (var value in values.Select(value => Clean(value, LongestValue, key).Trim()).Where(value => value.Length > 0))
        {
            if (!_values.TryGetValue(key, out var known))
            {
                _values[key] = known = [];
            }

            if (known.Count >= MostValues)
            {
                Say($"A search has {MostValues} values of {key} at most; the others were left out.");
            }
            else if (key == "address" && AddressText.Problem(value) is { } problem)
            {
                Say(problem);
            }
            else if (key == "mac" && !StationText.TryRead(value, out _, out _))
            {
                Say($"'{value}' is no MAC address; it was left out.");
            }
            else if (!known.Contains(value, StringComparer.Ordinal))
            {
                known.Add(value);
            }
        }
    }

    private (IReadOnlyList<DecisionVerdict> Verdicts, IReadOnlyList<DecisionKind> Kinds) ReadOutcomes()
    {
        List<DecisionVerdict> verdicts = [];
        List<DecisionKind> kinds = [];
        foreach (var name in Of("outcome"))
        {
            // "refused" is what refusals are called together; that of a rule has a name of its own among the reasons.
            if (DecisionKinds.FindByName<DecisionVerdict>(name) is { } verdict and not DecisionVerdict.None)
            {
                verdicts.Add(verdict);
            }
            else if (ReadName<DecisionKind>("outcome", name) is { } kind)
            {
                kinds.Add(kind);
            }
        }

        return (verdicts, kinds);
    }

    private T? ReadName<T>(string key, string name)
        where T : struct, Enum
    {
        var value = DecisionKinds.FindByName<T>(name);
        if (value is null)
        {
            Say($"There is no {key} '{name}'; it was left out.");
        }

        return value;
    }

    private string? ReadRange(string? text)
    {
        if (string.IsNullOrEmpty(text) || RelativeRange.TryParse(text, out _))
        {
            return string.IsNullOrEmpty(text) ? null : text;
        }

        Say("'range' is a number and m, h or d, such as 24h; it was left out.");
        return null;
    }

    private DateTimeOffset? ReadTime(string key, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (UtcText.TryParse(text, out var at))
        {
            return at;
        }

        Say($"'{key}' is a time in UTC such as 2026-11-26T14:03; it was left out.");
        return null;
    }

    private int ReadSize(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return DecisionQuery.UsualSize;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= DecisionQuery.MostRows)
        {
            return size;
        }

        Say(string.Create(CultureInfo.InvariantCulture, $"'size' is a number from 1 to {DecisionQuery.MostRows}; {DecisionQuery.UsualSize} was taken."));
        return DecisionQuery.UsualSize;
    }

    /// <summary>PostgreSQL knows no NUL, and half of a surrogate pair is no text.</summary>
    private string Clean(string text, int longest, string what)
    {
        if (text.Length > longest)
        {
            Say($"{what} is longer than {longest} characters; the rest was left out.");
            text = text[..longest];
        }

        return text.Any(c => char.IsControl(c) || char.IsSurrogate(c)) ? CleanText.Of(text) : text;
    }

    private void Say(string notice)
    {
        if (_notices.Count < MostValues && !_notices.Contains(notice, StringComparer.Ordinal))
        {
            _notices.Add(notice);
        }
    }
}
