using NacGateway.Core.Insight.Simulation;

namespace NacGateway.Web.Desk.Decisions;

/// <summary>What came of running the simulator.</summary>
public sealed record SimulationReport
{
    /// <summary>What was asked for, as typed.</summary>
    public required SimulationForm Form { get; init; }

    /// <summary>What is wrong with it; empty where it ran.</summary>
    public IReadOnlyList<SimulationError> Errors { get; init; } = [];

    /// <summary>What the sign-in would come to; null where it did not run.</summary>
    public SimulatedOutcome? Outcome { get; init; }

    /// <summary>What the person would be told; null where it did not run.</summary>
    public SimulationTold? Told { get; init; }

    /// <summary>The instant that it ran for.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The rules that were asked, in words.</summary>
    public string Rules { get; init; } = "";

    /// <summary>Errors of a field.</summary>
    public IReadOnlyList<string> ErrorsOf(string field) => [.. Errors.Where(error => error.Field == field).Select(error => error.Text)];
}
