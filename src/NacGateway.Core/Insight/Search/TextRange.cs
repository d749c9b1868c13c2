using System.Linq.Expressions;

namespace NacGateway.Core.Insight.Search;

/// <summary>What begins with a text, as a range of texts that are compared by octets: an index finds that, whichever the database.</summary>
/// <param name="Lower">The first text of the range.</param>
/// <param name="Upper">What all of them are before; null where there is no such text.</param>
internal sealed record TextRange(string Lower, string? Upper)
{
    private static readonly System.Reflection.MethodInfo s_compare = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;

    public static TextRange Of(string prefix)
    {
        // The next greater text is one whose last character is the next one; beyond the last one of all there is none.
        for (var length = prefix.Length; length > 0; length--)
        {
            var last = prefix[length - 1];
            if (last < '\uD7FF')
            {
                return new TextRange(prefix, string.Concat(prefix.AsSpan(0, length - 1), [(char)(last + 1)]));
            }
        }

        return new TextRange(prefix, Upper: null);
    }

    /// <summary>The range from the first to the last of several, with what lies between.</summary>
    public static TextRange Around(IReadOnlyList<string> prefixes)
    {
        var ranges = prefixes.Select(Of).ToList();
        return new TextRange(
            ranges.Select(range => range.Lower).Min(StringComparer.Ordinal)!,
            ranges.Exists(range => range.Upper is null) ? null : ranges.Select(range => range.Upper).Max(StringComparer.Ordinal));
    }

    /// <summary>Rows whose column lies in it, for a seek in the column's index.</summary>
    public Expression<Func<T, bool>> On<T>(Expression<Func<T, string?>> column)
    {
        var zero = Expression.Constant(0);
        Expression condition = Expression.GreaterThanOrEqual(Expression.Call(s_compare, column.Body, Value(Lower)), zero);
        if (Upper is not null)
        {
            condition = Expression.AndAlso(condition, Expression.LessThan(Expression.Call(s_compare, column.Body, Value(Upper)), zero));
        }

        return Expression.Lambda<Func<T, bool>>(condition, column.Parameters);
    }

    /// <summary>A value as a parameter of the statement, never as a part of its text.</summary>
    private static MemberExpression Value(string text) => Expression.Property(Expression.Constant(new Held(text)), nameof(Held.Text));

    private sealed record Held(string Text);
}
