using System.Linq.Expressions;

namespace NacGateway.Core.Insight.Search;

/// <summary>Joins conditions on rows.</summary>
internal static class Conditions
{
    /// <summary>One of them must hold; of none, none does. As a balanced tree: a database bounds how deep one may be.</summary>
    public static Expression<Func<T, bool>> Any<T>(params IReadOnlyList<Expression<Func<T, bool>>> all) => Join(all, Expression.OrElse, otherwise: false);

    /// <summary>All of them must hold.</summary>
    public static Expression<Func<T, bool>> All<T>(params IReadOnlyList<Expression<Func<T, bool>>> all) => Join(all, Expression.AndAlso, otherwise: true);

    public static Expression<Func<T, bool>> Not<T>(this Expression<Func<T, bool>> condition) =>
        Expression.Lambda<Func<T, bool>>(Expression.Not(condition.Body), condition.Parameters);

    private static Expression<Func<T, bool>> Join<T>(IReadOnlyList<Expression<Func<T, bool>>> all, Func<Expression, Expression, Expression> join, bool otherwise)
    {
        var row = Expression.Parameter(typeof(T), "row");
        Expression[] bodies = [.. all.Select(condition => new Renamed(condition.Parameters[0], row).Visit(condition.Body))];
        return Expression.Lambda<Func<T, bool>>(bodies.Length == 0 ? Expression.Constant(otherwise) : Join(bodies, join), row);
    }

    private static Expression Join(ReadOnlySpan<Expression> all, Func<Expression, Expression, Expression> join) =>
        all.Length == 1 ? all[0] : join(Join(all[..(all.Length / 2)], join), Join(all[(all.Length / 2)..], join));

    private sealed class Renamed(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
