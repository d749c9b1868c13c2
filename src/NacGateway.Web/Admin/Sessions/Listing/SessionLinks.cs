using NacGateway.Core.Insight.Search;
using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.Sessions.Listing;

/// <summary>Addresses of lists of sessions, without what is the default.</summary>
internal static class SessionLinks
{
    public const string Path = "/sessions";

    public const string Columns = "cols";

    /// <summary>What of an address is no filter.</summary>
    private static readonly string[] s_layout = ["sort", "dir", "size", Columns];

    public static PageLink Of(SessionQuery query, IReadOnlyList<SessionColumn> columns) =>
        SessionQueryWriter.ToUrl(query).Aggregate(PageLink.To(Path), (link, pair) => link.With(pair.Key, pair.Value)).With(Columns, SessionColumn.Write(columns, query));

    /// <summary>The list without its filters; its order, size and columns stay.</summary>
    public static PageLink Cleared(PageLink link) => link.Only(s_layout);

    /// <summary>The page of a session.</summary>
    public static string One(string acctSessionId) => $"{Path}/{Uri.EscapeDataString(acctSessionId)}";

    /// <summary>The pairs that the search and the export take: what chooses sessions.</summary>
    public static PageLink Filter(PageLink link) => link.Without("sort", "dir", "size", "page", "cursor", Columns);

    /// <summary>The page before; null on the first one.</summary>
    public static string? Previous(SessionsModel model) =>
        model.Query.Cursor is not null ? (model.Page?.Previous is { } before ? Of(model.Query with { Page = 1, Cursor = before }, model.Columns).ToString() : null)
        : model.Query.Page > 1 ? Of(model.Query with { Page = model.Query.Page - 1 }, model.Columns).ToString()
        : null;

    /// <summary>The page after, by its number as far as numbers go; null on the last one.</summary>
    public static string? Next(SessionsModel model)
    {
        if (model.Page?.Next is not { } next)
        {
            return null;
        }

        var query = model.Query;
        var isByNumber = query.Cursor is null && !model.Page.IsWalk && (long)(query.Page + 1) * query.Size <= SessionQuery.MostByNumber;
        return Of(isByNumber ? query with { Page = query.Page + 1 } : query with { Page = 1, Cursor = next }, model.Columns).ToString();
    }
}
