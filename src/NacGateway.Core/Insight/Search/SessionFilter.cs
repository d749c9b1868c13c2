using System.Linq.Expressions;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.Search;

/// <summary>The conditions of a search, for the database. Open sessions are searched for a word anywhere, past ones for what begins with it.</summary>
/// <param name="query">What is searched for.</param>
/// <param name="states">What the states mean at this moment.</param>
internal sealed class SessionFilter(SessionQuery query, SessionStateConditions states)
{
    /// <summary>When the session began, from the URL's range or instants.</summary>
    public (DateTimeOffset? From, DateTimeOffset? To) Started { get; } =
        (query.From ?? (RelativeRange.TryParse(query.Range, out var length) ? states.Now - length : null), query.To);

    public IQueryable<Session> Apply(IQueryable<Session> rows) => Conditioned(InTime(rows));

    /// <summary>
    /// As <see cref="Apply"/>, on one side no further than an edge that lies within the time asked for. The edge takes the place of the bound
    /// on its side: of two bounds SQLite follows the first in its index, which may be a million rows further.
    /// </summary>
    public IQueryable<Session> ApplyUpTo(DateTimeOffset edge, IQueryable<Session> rows, bool isAscending)
    {
        var (from, to) = Started;
        rows = isAscending ? rows.Where(row => row.StartedAt <= edge) : rows.Where(row => row.StartedAt >= edge);
        rows = isAscending && from is { } first ? rows.Where(row => row.StartedAt >= first) : rows;
        rows = !isAscending && to is { } last ? rows.Where(row => row.StartedAt < last) : rows;
        return Conditioned(rows);
    }

    /// <summary>Rows that began in time.</summary>
    public IQueryable<Session> InTime(IQueryable<Session> rows)
    {
        var (from, to) = Started;
        rows = from is { } first ? rows.Where(row => row.StartedAt >= first) : rows;
        return to is { } last ? rows.Where(row => row.StartedAt < last) : rows;
    }

    /// <summary>
    /// Sets of seeks, each of which by itself finds all rows that can fit, and perhaps others; the one that finds least comes first, as far as
    /// one can tell without asking.
    /// </summary>
    /// <param name="isRole">Whether a word is the name of a role, which no index finds.</param>
    public IEnumerable<IReadOnlyList<SessionSeek>> Seeks(Func<string, bool> isRole)
    {
        IEnumerable<IReadOnlyList<SessionSeek>> all =
        [
            query.Account is { } account ? [SessionSeek.Account(account)] : [],
            [.. query.Macs.Select(SessionSeek.Station)],
            [.. query.Addresses.Select(SessionSeek.Address)],
            [.. query.Users.Select(SessionSeek.User)],
            .. query.Words.Where(word => !isRole(word)).OrderByDescending(word => word.Length).Select(SessionSeek.Word),
        ];
        return all.Where(seeks => seeks.Count > 0);
    }

    private IQueryable<Session> Conditioned(IQueryable<Session> rows)
    {
        if (query.Account is { } account)
        {
            var key = SessionRows.UserKey(account);
            rows = rows.Where(row => row.UserKey == key);
        }

        foreach (var condition in query.Words.Select(Word))
        {
            rows = rows.Where(condition);
        }

        rows = Any(rows, query.Users, User);
        rows = Any(rows, query.Addresses, Address);
        rows = Any(rows, query.Macs, Station);
        rows = Any(rows, query.Roles, Role);
        rows = query.IsOpenOnly ? rows.Where(row => row.EndedAt == null) : rows;
        rows = Any(rows, query.States, states.Of);
        if (query.Servers.Count > 0)
        {
            string[] servers = [.. query.Servers];
            rows = rows.Where(row => servers.Contains(row.ServerName));
        }

        if (query.Causes.Count > 0)
        {
            AcctTerminateCause?[] causes = [.. query.Causes];
            rows = rows.Where(row => causes.Contains(row.TerminateCause));
        }

        return rows;
    }

    private static IQueryable<Session> Any<TValue>(IQueryable<Session> rows, IReadOnlyList<TValue> values, Func<TValue, Expression<Func<Session, bool>>> condition) =>
        values.Count == 0 ? rows : rows.Where(Conditions.Any([.. values.Select(condition)]));

    // StartsWith, not a range: what is to be found by an index has been found by now, and a range would lead the planner away from the
    // index that gives the order.
    private static Expression<Func<Session, bool>> User(string text)
    {
        var key = SessionRows.UserKey(text);
        return row => row.UserKey.StartsWith(key);
    }

    private static Expression<Func<Session, bool>> Station(string text)
    {
        if (StationText.TryRead(text, out var mac, out var isWhole))
        {
            return isWhole ? row => row.CallingStationId == mac : row => row.CallingStationId != null && row.CallingStationId.StartsWith(mac);
        }

        return row => row.CallingStationId != null && row.CallingStationId.StartsWith(text);
    }

    private static Expression<Func<Session, bool>> Address(string text) =>
        Conditions.Any<Session>([.. (AddressText.Prefixes(text) ?? [text]).Select(AddressPart)]);

    private static Expression<Func<Session, bool>> AddressPart(string text)
    {
        if (AddressText.Whole(text) is { } whole)
        {
            return row => row.ClientAddress == whole;
        }

        var beginning = text.ToLowerInvariant();
        return row => row.ClientAddress.StartsWith(beginning);
    }

    private static Expression<Func<Session, bool>> Role(string name)
    {
        var role = name.ToUpperInvariant();
        var (first, last, inner) = (role + Policy.AccessPolicy.Separator, Policy.AccessPolicy.Separator + role, Policy.AccessPolicy.Separator + role + Policy.AccessPolicy.Separator);
#pragma warning disable CA1304 // The database does it, and knows no cultures.
#pragma warning disable CA1311 // The database does it, and knows no cultures.
#pragma warning disable CA1862 // The database does it, and knows no kinds of comparison.
        return row => row.Role != null
            && (row.Role.ToUpper() == role || row.Role.ToUpper().StartsWith(first) || row.Role.ToUpper().EndsWith(last) || row.Role.ToUpper().Contains(inner));
#pragma warning restore CA1304, CA1311, CA1862
    }

    private Expression<Func<Session, bool>> Word(string word)
    {
        var (key, lower) = (SessionRows.UserKey(word), word.ToLowerInvariant());
        var station = StationText.TryRead(word, out var mac, out _) ? mac : word.ToUpperInvariant();
        if (query.IsOpenOnly)
        {
            return Conditions.Any(
                row => row.UserKey.Contains(key) || row.ClientAddress.Contains(lower) || row.AcctSessionId.Contains(lower) || (row.CallingStationId != null && row.CallingStationId.Contains(station)),
                Role(word));
        }

        return Conditions.Any([.. SessionSeek.Word(word).Select(seek => Beginning(seek)), Role(word)]);
    }

    private static Expression<Func<Session, bool>> Beginning(SessionSeek seek)
    {
        var beginning = seek.Range.Lower;
        Expression<Func<string, bool>> test = text => text.StartsWith(beginning);
        return Expression.Lambda<Func<Session, bool>>(Expression.AndAlso(Expression.NotEqual(seek.Column.Body, Expression.Constant(null, typeof(string))), new Put(test.Parameters[0], seek.Column.Body).Visit(test.Body)), seek.Column.Parameters);
    }

    private sealed class Put(ParameterExpression parameter, Expression value) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? value : node;
    }
}
