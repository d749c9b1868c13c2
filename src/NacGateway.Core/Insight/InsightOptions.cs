namespace NacGateway.Core.Insight;

/// <summary>How long plots look back.</summary>
public sealed class InsightOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Insight";

    /// <summary>How long samples of the gateway's activity and of its servers are kept, one of each a minute; 1 hour to 366 days. Default 35 days, some 10 MB with two servers: a month can be compared with the one before its last days.</summary>
    public TimeSpan SamplesKeptFor { get; set; } = TimeSpan.FromDays(35);
}
