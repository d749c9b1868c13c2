using System.Diagnostics.Metrics;

namespace NacGateway.Core.Authentication;

/// <summary>Steps of sign-ins and how long each took, by outcome: the names of <see cref="LoginOutcome"/>'s cases, a dozen and no more.</summary>
public sealed class LoginMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "NacGateway.Authentication";

    private readonly Counter<long> _steps;
    private readonly Histogram<double> _duration;

    /// <summary>The instruments.</summary>
    public LoginMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _steps = meter.CreateCounter<long>("nacgateway.logins", "{step}", "Steps of sign-ins, by outcome.");
        _duration = meter.CreateHistogram(
            "nacgateway.login.duration", "s", "Time from a submitted step of a sign-in to its outcome.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30] });
    }

    /// <summary>The same counts in a few classes, to be read.</summary>
    public LoginTally Tally { get; } = new();

    internal void Ended(LoginOutcome outcome, TimeSpan duration)
    {
        Tally.Count(outcome);
        var tag = new KeyValuePair<string, object?>("outcome", outcome.GetType().Name);
        _steps.Add(1, tag);
        _duration.Record(duration.TotalSeconds, tag);
    }
}
