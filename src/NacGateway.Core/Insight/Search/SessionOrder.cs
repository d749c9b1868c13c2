using System.Linq.Expressions;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.Search;

/// <summary>Puts sessions in order. What is not known comes last, and equal ones stay in one order by their start and key.</summary>
internal static class SessionOrder
{
    public static IQueryable<Session> Apply(IQueryable<Session> rows, SessionSort sort, bool isDescending) => sort switch
    {
        SessionSort.User => By(rows, row => row.UserKey, isDescending),
        SessionSort.Address => By(rows, row => row.ClientAddress, isDescending),
        SessionSort.Server => By(rows, row => row.ServerName, isDescending),
        SessionSort.Down => By(rows, row => row.OutputOctets, isDescending),
        SessionSort.Up => By(rows, row => row.InputOctets, isDescending),
        SessionSort.Mac => By(rows.OrderBy(row => row.CallingStationId == null), row => row.CallingStationId, isDescending),
        SessionSort.Role => By(rows.OrderBy(row => row.Role == null), row => row.Role, isDescending),
        SessionSort.Ended => By(rows.OrderBy(row => row.EndedAt == null), row => row.EndedAt, isDescending),
        _ => isDescending ? rows.OrderByDescending(row => row.StartedAt).ThenByDescending(row => row.Id) : rows.OrderBy(row => row.StartedAt).ThenBy(row => row.Id),
    };

    private static IOrderedQueryable<Session> By<TKey>(IQueryable<Session> rows, Expression<Func<Session, TKey>> key, bool isDescending) =>
        Last(isDescending ? rows.OrderByDescending(key) : rows.OrderBy(key), isDescending);

    private static IOrderedQueryable<Session> By<TKey>(IOrderedQueryable<Session> rows, Expression<Func<Session, TKey>> key, bool isDescending) =>
        Last(isDescending ? rows.ThenByDescending(key) : rows.ThenBy(key), isDescending);

    private static IOrderedQueryable<Session> Last(IOrderedQueryable<Session> rows, bool isDescending) =>
        isDescending ? rows.ThenByDescending(row => row.StartedAt).ThenByDescending(row => row.Id) : rows.ThenBy(row => row.StartedAt).ThenBy(row => row.Id);
}
