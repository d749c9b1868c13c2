namespace NacGateway.Web.Observability;

/// <summary>Names as the Prometheus text format allows them: letters, digits and underscores, no digit first.</summary>
internal static class PrometheusName
{
    public static string Of(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var safe = string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
        return char.IsAsciiDigit(safe[0]) ? "_" + safe : safe;
    }
}
