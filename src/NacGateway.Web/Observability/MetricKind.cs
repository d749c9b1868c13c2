namespace NacGateway.Web.Observability;

/// <summary>What the text format knows of the instruments.</summary>
internal enum MetricKind
{
    /// <summary>Goes up and down.</summary>
    Gauge = 0,

    /// <summary>Only goes up, but for a restart.</summary>
    Counter,

    /// <summary>Counts by buckets, with their sum.</summary>
    Histogram,
}
