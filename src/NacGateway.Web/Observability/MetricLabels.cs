using System.Buffers;
using System.Runtime.CompilerServices;

namespace NacGateway.Web.Observability;

/// <summary>Writes tags as labels of the text format: <c>name="value",name="value"</c>.</summary>
internal static class MetricLabels
{
    private const int LongestValue = 128;

    /// <summary>Tag of the web server: with transparent interception it is the address that a device wanted to reach, of which there are any number.</summary>
    private const string LocalAddress = "server.address";

    private static readonly SearchValues<char> s_escaped = SearchValues.Create("\\\"\n");

    public static void Write(ref DefaultInterpolatedStringHandler text, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var isFirst = true;
        foreach (var (name, value) in tags)
        {
            if (name == LocalAddress)
            {
                continue;
            }

            text.AppendLiteral(isFirst ? "" : ",");
            text.AppendLiteral(PrometheusName.Of(name));
            text.AppendLiteral("=\"");
            AppendValue(ref text, value as string ?? value?.ToString() ?? "");
            text.AppendLiteral("\"");
            isFirst = false;
        }
    }

    private static void AppendValue(ref DefaultInterpolatedStringHandler text, string value)
    {
        var rest = value.AsSpan(0, Math.Min(value.Length, LongestValue));
        for (var next = rest.IndexOfAny(s_escaped); next >= 0; next = rest.IndexOfAny(s_escaped))
        {
            text.AppendFormatted(rest[..next]);
            text.AppendLiteral(rest[next] switch { '\n' => "\\n", '"' => "\\\"", _ => "\\\\" });
            rest = rest[(next + 1)..];
        }

        text.AppendFormatted(rest);
    }
}
