using System.Data.Common;
using Microsoft.Extensions.Options;
using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.Search;
using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Reading;
using NacGateway.Core.Sessions;
using NacGateway.Web.Admin.Frame;
using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.Sessions.Listing;

/// <summary>Shows the list of sessions.</summary>
internal sealed partial class SessionReads(SessionSearch search, SessionTable table, PolicyBook policies, IOptions<RadiusOptions> radius, DeskViews views, ILogger<SessionReads> log)
{
    private const int MostOptions = 100;

    public async Task ShowAsync(HttpContext context)
    {
        var pairs = Pairs(context);
        var query = SessionQueryReader.Read(pairs);
        List<string> notices = [];
        var columns = SessionColumn.Read(string.Join(',', context.Request.Query[SessionLinks.Columns].AsEnumerable()), query, notices);
        SessionPage? page = null;
        string? reference = null;
        try
        {
            page = await search.FindAsync(query, context.RequestAborted);
        }
        catch (DbException exception)
        {
            // The filters stay usable: what was asked may be what the database cannot do.
            reference = ReferenceCode.Next();
            Log.Unread(log, reference, exception);
        }

        await views.WriteAsync(context, new DeskView
        {
            Title = "Sessions",
            Page = typeof(SessionsPage),
            Regions = new Dictionary<string, Type>(StringComparer.Ordinal) { ["sessions"] = typeof(SessionsRegion) },
            Live = "/live/sessions",
            Keeps = SessionLinks.Path,
            Status = page is null ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK,
            Model = new SessionsModel
            {
                Query = page is null ? query : Shown(query, page),
                Page = page,
                Reference = reference,
                Open = table.Count,
                Notices = [.. (page?.Notices ?? query.Notices), .. notices],
                Columns = columns,
                Roles = Options(PolicyReading.Of(policies.Current).Roles.Select(role => role.Name), query.Roles),
                Servers = Options(radius.Value.Servers.Select(server => server.Name), query.Servers),
            },
        });
    }

    /// <summary>The pairs of a query, each value by itself.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Pairs(HttpContext context) =>
        context.Request.Query.SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? ""));

    /// <summary>The query as it was done, where that is not quite as it was asked.</summary>
    private static SessionQuery Shown(SessionQuery query, SessionPage page)
    {
        query = page.Sort == query.Sort ? query : query with { Sort = page.Sort, IsDescending = true, Cursor = null };
        return query.Cursor is null && (long)query.Page * query.Size > SessionQuery.MostByNumber ? query with { Page = 1 } : query;
    }

    /// <summary>What is configured, and what was asked for though it is not.</summary>
    private static IReadOnlyList<FacetOption> Options(IEnumerable<string> known, IReadOnlyList<string> asked) =>
        [.. known.Take(MostOptions).Concat(asked).Distinct(StringComparer.OrdinalIgnoreCase).Where(name => !name.Contains(',', StringComparison.Ordinal)).Select(name => new FacetOption(name, name))];

    private static partial class Log
    {
        [LoggerMessage(8320, LogLevel.Error, "{Reference}: the sessions could not be read")]
        public static partial void Unread(ILogger logger, string reference, Exception exception);
    }
}
