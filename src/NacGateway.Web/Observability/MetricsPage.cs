using System.Globalization;
using System.Text;

namespace NacGateway.Web.Observability;

/// <summary>Writes the metrics in the Prometheus text exposition format 0.0.4: counters, gauges and histograms; those that have no value yet by name and kind alone.</summary>
internal sealed class MetricsPage(MetricsCollector collector)
{
    public Task WriteAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return context.Response.WriteAsync(Render(), context.RequestAborted);
    }

    internal string Render()
    {
        var page = new StringBuilder();
        foreach (var family in collector.Collect())
        {
            var help = family.Help.ReplaceLineEndings(" ").Replace("\\", "\\\\", StringComparison.Ordinal);
            page.Append(CultureInfo.InvariantCulture, $"# HELP {family.Name} {help}\n# TYPE {family.Name} {Word(family.Kind)}\n");
            foreach (var series in family.Series)
            {
                Write(page, family, series);
            }
        }

        return page.ToString();
    }

    private static void Write(StringBuilder page, MetricFamily family, Measured series)
    {
        var (value, buckets) = series.Read();
        if (family.Kind != MetricKind.Histogram)
        {
            Line(page, family.Name, series.Labels, value);
            return;
        }

        long below = 0;
        for (var bucket = 0; bucket < buckets.Length; bucket++)
        {
            below += buckets[bucket];
            var bound = bucket < family.Bounds.Count ? Number(family.Bounds[bucket]) : "+Inf";
            Line(page, family.Name + "_bucket", $"{series.Labels}{(series.Labels.Length > 0 ? "," : "")}le=\"{bound}\"", below);
        }

        Line(page, family.Name + "_sum", series.Labels, value);
        Line(page, family.Name + "_count", series.Labels, below);
    }

    private static void Line(StringBuilder page, string name, string labels, double value)
    {
        page.Append(name);
        if (labels.Length > 0)
        {
            page.Append('{').Append(labels).Append('}');
        }

        page.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString(CultureInfo.InvariantCulture);

    private static string Word(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };
}
