using System.Globalization;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.Search;

/// <summary>
/// Reads a search from the keys of a URL. Unknown keys are passed over; values that make no sense fall back to what would be without them,
/// with a notice. Bounded: whatever is sent, the search that comes of it is a small one.
/// </summary>
public sealed class SessionQueryReader
{
    private const int MostTerms = 16;
    private const int LongestText = 500;
    private const int LongestValue = 253;

    private readonly Dictionary<string, List<string>> _facets = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];
    private readonly List<string> _notices = [];
    private readonly List<SessionStateFilter> _states = [];
    private readonly List<AcctTerminateCause> _causes = [];
    private bool _isAnyState;

    private SessionQueryReader()
    {
    }

    /// <summary>Reads the pairs of a URL's query.</summary>
    public static SessionQuery Read(IEnumerable<KeyValuePair<string, string>> url, SessionListing listing = SessionListing.Open)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new SessionQueryReader().ReadAll([.. url], listing);
    }

    /// <summary>Reads the text of a search box alone.</summary>
    public static SessionQuery Read(string text, SessionListing listing = SessionListing.Open) => Read([KeyValuePair.Create("q", text)], listing);

    private SessionQuery ReadAll(IReadOnlyList<KeyValuePair<string, string>> url, SessionListing listing)
    {
        foreach (var (key, value) in url)
        {
            if (Is(key, "q"))
            {
                ReadText(Clean(value, LongestText, "The search"));
            }
            else if (SessionQueryKeys.Facets.Contains(key.ToLowerInvariant()))
            {
                ReadFacet(key.ToLowerInvariant(), value.Split(',', MostTerms + 1));
            }
        }

        var sort = ReadSort(Find("sort"));
        var (from, to) = (ReadTime("from", Find("from")), ReadTime("to", Find("to")));
        if (from >= to)
        {
            Say("'from' is not before 'to'; both were left out.");
            (from, to) = (null, null);
        }

        return new SessionQuery
        {
            Listing = listing,
            Words = _words,
            Users = Facet(SessionQueryKeys.User),
            Addresses = Facet(SessionQueryKeys.Address),
            Macs = Facet(SessionQueryKeys.Mac),
            Roles = Facet(SessionQueryKeys.Role),
            Servers = Facet(SessionQueryKeys.Server),
            States = _isAnyState ? [] : _states.Count > 0 ? _states : SessionQuery.DefaultStates(listing),
            Causes = _causes,
            Range = from is null && to is null ? ReadRange(Find("range"), listing) : null,
            From = from,
            To = to,
            Sort = sort,
            IsDescending = ReadDirection(Find("dir"), sort),
            Page = ReadNumber("page", Find("page"), 1, int.MaxValue, 1),
            Size = ReadNumber("size", Find("size"), 1, SessionQuery.MostRows, SessionQuery.UsualSize),
            Cursor = Find("cursor") is { Length: > 0 and <= 200 } cursor ? cursor : null,
            Notices = _notices,
        };

        string? Find(string key) => url.Where(pair => Is(pair.Key, key)).Select(pair => pair.Value).FirstOrDefault();
    }

    private static bool Is(string key, string name) => string.Equals(key, name, StringComparison.OrdinalIgnoreCase);

    private List<string> Facet(string key) => _facets.GetValueOrDefault(key) ?? [];

    private void ReadText(string text)
    {
        foreach (var term in QueryTerm.Read(text, SessionQueryKeys.Facets))
        {
            if (term.Key is not null)
            {
                ReadFacet(term.Key, term.Values);
            }
            else if (_words.Count < MostTerms)
            {
                _words.Add(Clean(term.Values[0], LongestValue, "A word"));
            }
            else
            {
                Say($"A search has {MostTerms} words at most; the others were left out.");
            }
        }
    }

    private void ReadFacet(string key, IReadOnlyList<string> values)
    {
        foreach (var value in values.Select(value => Clean(value, LongestValue, key).Trim()).Where(value => value.Length > 0))
        {
            switch (key)
            {
                case SessionQueryKeys.State when Is(value, SessionQueryKeys.AnyState):
                    _isAnyState = true;
                    break;
                case SessionQueryKeys.State:
                    Add(_states, SessionQueryKeys.FindState(value), key, value);
                    break;
                case SessionQueryKeys.Cause:
                    Add(_causes, SessionQueryKeys.FindCause(value), key, value);
                    break;
                default:
                    Add(key == "ip" ? SessionQueryKeys.Address : key, value);
                    break;
            }
        }
    }

    private void Add<T>(List<T> known, T? value, string key, string text)
        where T : struct
    {
        if (value is not { } found)
        {
            Say($"There is no {key} '{text}'; it was left out.");
        }
        else if (!known.Contains(found))
        {
            known.Add(found);
        }
    }

    private void Add(string key, string value)
    {
        if (!_facets.TryGetValue(key, out var values))
        {
            _facets[key] = values = [];
        }

        if (values.Count >= MostTerms)
        {
            Say($"A search has {MostTerms} values of {key} at most; the others were left out.");
        }
        else if (key == SessionQueryKeys.Address && AddressText.Problem(value) is { } problem)
        {
            Say(problem);
        }
        else if (!values.Contains(value, StringComparer.Ordinal))
        {
            values.Add(value);
        }
    }

    private SessionSort ReadSort(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return SessionSort.Started;
        }

        if (SessionQueryKeys.FindSort(text) is { } sort)
        {
            return sort;
        }

        Say($"Sessions cannot be sorted by '{Clean(text, 40, "sort")}'; they are sorted by their start.");
        return SessionSort.Started;
    }

    private bool ReadDirection(string? text, SessionSort sort)
    {
        if (!string.IsNullOrEmpty(text) && !Is(text, "asc") && !Is(text, "desc"))
        {
            Say("'dir' is asc or desc; it was left out.");
            text = null;
        }

        return string.IsNullOrEmpty(text) ? SessionQuery.DescendsFirst(sort) : Is(text, "desc");
    }

    private string? ReadRange(string? text, SessionListing listing)
    {
        if (string.IsNullOrEmpty(text))
        {
            return SessionQuery.DefaultRange(listing);
        }

        if (Is(text, SessionQueryKeys.AnyState))
        {
            return null;
        }

        if (RelativeRange.TryParse(text, out _))
        {
            return text;
        }

        Say("'range' is a number and m, h or d, such as 24h, or 'any'; it was left out.");
        return SessionQuery.DefaultRange(listing);
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

    private int ReadNumber(string key, string? text, int least, int most, int otherwise)
    {
        if (string.IsNullOrEmpty(text))
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Say(string.Create(CultureInfo.InvariantCulture, $"'{key}' is a number{(most == int.MaxValue ? $" from {least}" : $" from {least} to {most}")}; {otherwise} was taken."));
        return otherwise;
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
        if (_notices.Count < MostTerms && !_notices.Contains(notice, StringComparer.Ordinal))
        {
            _notices.Add(notice);
        }
    }
}
