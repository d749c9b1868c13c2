using NacGateway.Core.Insight.DryRun;
using NacGateway.Core.Policy.Reading;
using NacGateway.Web.Desk.Rules;

namespace NacGateway.Web.Admin.Rules;

/// <summary>What a document would change, before it is saved.</summary>
public sealed record PolicyPreviewModel
{
    /// <summary>Above so many sessions their number must be typed.</summary>
    public const int TypeAbove = 50;

    /// <summary>The document, which is right.</summary>
    public required PolicyDraft Draft { get; init; }

    /// <summary>The version that it would replace; 0 for none.</summary>
    public required int Base { get; init; }

    /// <summary>What it would mean for open sessions.</summary>
    public required ForecastSummary Forecast { get; init; }

    /// <summary>Its lines beside those in force.</summary>
    public required IReadOnlyList<LineChange> Changes { get; init; }

    /// <summary>Whether the number of sessions was asked for and not typed.</summary>
    public bool IsNumberMissing { get; init; }
}
