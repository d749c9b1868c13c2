using NacGateway.Web.Desk.Decisions;

namespace NacGateway.Web.Admin.Decisions;

/// <summary>The simulator, with what it found.</summary>
public sealed record SimulatorModel
{
    /// <summary>What was typed, and what came of it; without outcome and errors where nothing was asked yet.</summary>
    public required SimulationReport Report { get; init; }

    /// <summary>Names of the RADIUS servers.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>Why part of what was to be simulated is not in the form; null for nothing.</summary>
    public string? Notice { get; init; }
}
