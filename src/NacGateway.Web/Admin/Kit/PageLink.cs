using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace NacGateway.Web.Admin.Kit;

/// <summary>
/// A path with a query, from which the links of a page are made: the state of every list is in its URL. Immutable; keys keep their order.
/// </summary>
public sealed class PageLink
{
    private readonly (string Key, string Value)[] _query;

    private PageLink(string path, IEnumerable<(string Key, string Value)> query) => (Path, _query) = (path, [.. query]);

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <summary>The pairs of the query, in order: for hidden fields that keep them in a form.</summary>
    public IReadOnlyList<(string Key, string Value)> Query => _query;

    /// <summary>The link to this very page.</summary>
    public static PageLink Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(request.PathBase.Add(request.Path), request.Query.SelectMany(pair => pair.Value, (pair, value) => (pair.Key, value ?? "")));
    }

    /// <summary>A link to a path of the desk, which begins with a slash.</summary>
    public static PageLink To(string path) => new(path, []);

    /// <summary>The link with a query that was read already.</summary>
    public PageLink And(IReadOnlyDictionary<string, StringValues> query) =>
        new(Path, [.. _query, .. query.SelectMany(pair => pair.Value, (pair, value) => (pair.Key, value ?? ""))]);

    /// <summary>The value of a key; null where it is missing.</summary>
    public string? this[string key] => _query.Where(pair => Is(pair, key)).Select(pair => pair.Value).FirstOrDefault();

    /// <summary>The link with one key set; null or an empty value takes the key away, as does a default, which is left out of URLs.</summary>
    public PageLink With(string key, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return Without(key);
        }

        var at = Array.FindIndex(_query, pair => Is(pair, key));
        return at < 0
            ? new(Path, [.. _query, (key, value)])
            : new(Path, _query.Select((pair, index) => index == at ? (key, value) : pair).Where((pair, index) => index == at || !Is(pair, key)));
    }

    /// <summary>The link without these keys.</summary>
    public PageLink Without(params IReadOnlyCollection<string> keys) => new(Path, _query.Where(pair => !keys.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)));

    /// <summary>The link with these keys only.</summary>
    public PageLink Only(params IReadOnlyCollection<string> keys) => new(Path, _query.Where(pair => keys.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)));

    /// <summary>Path and query, encoded for an <c>href</c>.</summary>
    public override string ToString() =>
        QueryHelpers.AddQueryString(Path, _query.Select(pair => new KeyValuePair<string, StringValues>(pair.Key, pair.Value)));

    private static bool Is((string Key, string Value) pair, string key) => pair.Key.Equals(key, StringComparison.OrdinalIgnoreCase);
}
