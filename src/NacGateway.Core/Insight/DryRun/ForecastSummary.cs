namespace NacGateway.Core.Insight.DryRun;

/// <summary>What other rules would mean for all open sessions together: counted by kind, with examples. Bounded, however many sessions there are.</summary>
public sealed class ForecastSummary
{
    /// <summary>Examples of each kind.</summary>
    public const int MostExamples = 20;

    private readonly Dictionary<ForecastKind, int> _counts = [];
    private readonly Dictionary<ForecastKind, List<SessionForecast>> _examples = [];

    /// <summary>Sessions that were looked at.</summary>
    public int Total { get; private set; }

    /// <summary>Sessions that would be put under something else, or end.</summary>
    public int Concerned => Of(ForecastKind.OtherRole) + Of(ForecastKind.OtherLimits) + Of(ForecastKind.Refused);

    /// <summary>How many sessions are of a kind.</summary>
    public int Of(ForecastKind kind) => _counts.GetValueOrDefault(kind);

    /// <summary>The first ones of a kind.</summary>
    public IReadOnlyList<SessionForecast> Examples(ForecastKind kind) => _examples.GetValueOrDefault(kind) ?? [];

    /// <summary>Counts all.</summary>
    public static async Task<ForecastSummary> OfAsync(IAsyncEnumerable<SessionForecast> forecasts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(forecasts);
        var summary = new ForecastSummary();
        await foreach (var forecast in forecasts.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            summary.Add(forecast);
        }

        return summary;
    }

    private void Add(SessionForecast forecast)
    {
        Total++;
        _counts[forecast.Kind] = Of(forecast.Kind) + 1;
        if (forecast.Kind == ForecastKind.Unchanged)
        {
            return;
        }

        if (!_examples.TryGetValue(forecast.Kind, out var examples))
        {
            _examples[forecast.Kind] = examples = [];
        }

        if (examples.Count < MostExamples)
        {
            examples.Add(forecast);
        }
    }
}
