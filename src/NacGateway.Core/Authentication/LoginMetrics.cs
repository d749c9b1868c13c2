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
        _duration = meter.CreateHistogram<double>("nacgateway.login.duration", "s", "Time from a submitted step of a sign-in to its outcome.");
    }

    internal void Ended(LoginOutcome outcome, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("outcome", outcome.GetType().Name);
        _steps.Add(1, tag);
        _duration.Record(duration.TotalSeconds, tag);
    }
}
