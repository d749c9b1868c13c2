using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace NacGateway.Web.Observability;

/// <summary>Writes the metrics in the Prometheus text exposition format 0.0.4: counters, gauges, and histograms as sum and count.</summary>
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
        foreach (var family in collector.Collect().GroupBy(series => series.Instrument))
        {
            var name = Name(family.Key);
            var kind = Kind(family.Key);
            page.Append(CultureInfo.InvariantCulture, $"# HELP {name} {(family.Key.Description ?? "").ReplaceLineEndings(" ")}\n# TYPE {name} {kind}\n");
            foreach (var series in family)
            {
                var (value, count) = series.Read();
                if (kind == "summary")
                {
                    page.Append(CultureInfo.InvariantCulture, $"{name}_sum{series.Labels} {value}\n{name}_count{series.Labels} {count}\n");
                }
                else
                {
                    page.Append(CultureInfo.InvariantCulture, $"{name}{series.Labels} {value}\n");
                }
            }
        }

        return page.ToString();
    }

    private static string Name(Instrument instrument)
    {
        var name = PrometheusName.Of(instrument.Name);
        return Kind(instrument) == "counter" && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static string Kind(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        return type.Contains("UpDown", StringComparison.Ordinal) || type.Contains("Gauge", StringComparison.Ordinal) ? "gauge"
            : type.StartsWith("Histogram", StringComparison.Ordinal) ? "summary"
            : "counter";
    }
}
