using NacGateway.Core.Insight.Search;
using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.Sessions.Listing;

/// <summary>The filters in force, one chip each, with the list as it would be without it.</summary>
internal static class SessionChips
{
    public static IReadOnlyList<FilterChip> Of(SessionsModel model)
    {
        var query = model.Query with { Page = 1, Cursor = null };
        var isUsual = query.States.SequenceEqual(SessionQueryReader.Read([]).States);
        return
        [
            .. Each("", query.Words, rest => query with { Words = rest }),
            .. Each("user: ", query.Users, rest => query with { Users = rest }),
            .. Each("address: ", query.Addresses, rest => query with { Addresses = rest }),
            .. Each("MAC: ", query.Macs, rest => query with { Macs = rest }),
            .. Each("role: ", query.Roles, rest => query with { Roles = rest }),
            .. Each("server: ", query.Servers, rest => query with { Servers = rest }),
            .. isUsual ? [] : query.States.Count == 0 ? [Chip("state: any", SessionQueryReader.Read([]).States is var usual ? query with { States = usual } : query)] : Each("state: ", query.States, rest => query with { States = rest.Count == 0 ? SessionQueryReader.Read([]).States : rest }),
            .. Each("ended by: ", query.Causes, rest => query with { Causes = rest }),
            .. query.Range is { } range ? [Chip($"started in the last {range}", query with { Range = null })] : Array.Empty<FilterChip>(),
            .. query.From is { } from ? [Chip($"started from {DeskFormat.Utc(from)}", query with { From = null })] : Array.Empty<FilterChip>(),
            .. query.To is { } to ? [Chip($"started before {DeskFormat.Utc(to)}", query with { To = null })] : Array.Empty<FilterChip>(),
        ];

        FilterChip Chip(string text, SessionQuery without) => new(text, SessionLinks.Of(without, model.Columns).ToString());

        IEnumerable<FilterChip> Each<T>(string label, IReadOnlyList<T> values, Func<IReadOnlyList<T>, SessionQuery> without)
            where T : notnull =>
            values.Select(value => Chip(label + Word(value), without([.. values.Where(other => !other.Equals(value))])));
    }

    private static string Word<T>(T value) => value switch
    {
        SessionStateFilter state => state.ToString().ToLowerInvariant(),
        Core.Sessions.AcctTerminateCause cause => SessionQueryWriter.CauseName(cause),
        _ => value?.ToString() ?? "",
    };
}
