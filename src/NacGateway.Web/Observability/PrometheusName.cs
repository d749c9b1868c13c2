using System.Buffers;

namespace NacGateway.Web.Observability;

/// <summary>Names as the Prometheus text format allows them: letters, digits and underscores, no digit first.</summary>
internal static class PrometheusName
{
    private static readonly SearchValues<char> s_allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    public static string Of(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!char.IsAsciiDigit(name[0]) && name.AsSpan().IndexOfAnyExcept(s_allowed) < 0)
        {
            return name;
        }

        var safe = string.Concat(name.Select(character => s_allowed.Contains(character) ? character : '_'));
        return char.IsAsciiDigit(safe[0]) ? "_" + safe : safe;
    }
}
