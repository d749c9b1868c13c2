using System.Globalization;

namespace NacGateway.Core.Insight.Search;

/// <summary>Writes a search as the keys of a URL, without what is the default, or as the text of a search box.</summary>
public static class SessionQueryWriter
{
    /// <summary>The pairs of a URL, in one order.</summary>
    public static IReadOnlyList<(string Key, string Value)> ToUrl(SessionQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        List<(string Key, string Value)> url = [];
        Add("q", BoxText(query));
        Add(SessionQueryKeys.Role, Plain(query.Roles));
        Add(SessionQueryKeys.Server, Plain(query.Servers));
        Add(SessionQueryKeys.State, States(query));
        Add(SessionQueryKeys.Cause, string.Join(',', query.Causes.Select(SessionQueryKeys.NameOf)));
        var isDated = query.From is not null || query.To is not null;
        Add("range", isDated || string.Equals(query.Range, SessionQuery.DefaultRange(query.Listing), StringComparison.Ordinal) ? null : query.Range ?? SessionQueryKeys.AnyState);
        Add("from", query.From is { } from ? UtcText.Of(from) : null);
        Add("to", query.To is { } to ? UtcText.Of(to) : null);
        Add("sort", query.Sort == SessionSort.Started ? null : query.Sort.ToString().ToLowerInvariant());
        Add("dir", query.IsDescending == SessionQuery.DescendsFirst(query.Sort) ? null : query.IsDescending ? "desc" : "asc");
        Add("page", query.Page == 1 ? null : query.Page.ToString(CultureInfo.InvariantCulture));
        Add("size", query.Size == SessionQuery.UsualSize ? null : query.Size.ToString(CultureInfo.InvariantCulture));
        Add("cursor", query.Cursor);
        return url;

        void Add(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                url.Add((key, value));
            }
        }
    }

    /// <summary>The name of a cause in a URL, which people can read as well: <c>admin-reset</c>.</summary>
    public static string CauseName(Sessions.AcctTerminateCause cause) => SessionQueryKeys.NameOf(cause);

    /// <summary>What the search box shows: words, users and addresses, which have no list to choose from, and what a URL's list cannot hold.</summary>
    public static string BoxText(SessionQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        IEnumerable<string> terms =
        [
            .. query.Words.Select(word => QueryTerm.QuoteWord(word, SessionQueryKeys.Facets)),
            .. Terms(SessionQueryKeys.User, query.Users),
            .. Terms(SessionQueryKeys.Address, query.Addresses),
            .. Terms(SessionQueryKeys.Mac, query.Macs),
            .. Terms(SessionQueryKeys.Role, query.Roles.Where(NeedsQuotes)),
            .. Terms(SessionQueryKeys.Server, query.Servers.Where(NeedsQuotes)),
        ];
        return string.Join(' ', terms);
    }

    /// <summary>Everything that narrows the search, as one text.</summary>
    public static string ToText(SessionQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        IEnumerable<string> terms =
        [
            BoxText(query),
            .. Terms(SessionQueryKeys.Role, query.Roles.Where(role => !NeedsQuotes(role))),
            .. Terms(SessionQueryKeys.Server, query.Servers.Where(server => !NeedsQuotes(server))),
            .. States(query) is { Length: > 0 } states ? [$"{SessionQueryKeys.State}:{states}"] : Array.Empty<string>(),
            .. Terms(SessionQueryKeys.Cause, query.Causes.Select(SessionQueryKeys.NameOf)),
        ];
        return string.Join(' ', terms.Where(term => term.Length > 0));
    }

    private static string States(SessionQuery query) =>
        query.States.SequenceEqual(SessionQuery.DefaultStates(query.Listing)) ? ""
        : query.States.Count == 0 ? SessionQueryKeys.AnyState
        : string.Join(',', query.States.Select(state => state.ToString().ToLowerInvariant()));

    private static IEnumerable<string> Terms(string key, IEnumerable<string> values)
    {
        var joined = string.Join(',', values.Select(QueryTerm.Quote));
        return joined.Length == 0 ? [] : [$"{key}:{joined}"];
    }

    private static string Plain(IEnumerable<string> values) => string.Join(',', values.Where(value => !NeedsQuotes(value)));

    private static bool NeedsQuotes(string value) => value.Contains(',', StringComparison.Ordinal);
}
