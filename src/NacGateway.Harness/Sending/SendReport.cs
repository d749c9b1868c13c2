namespace NacGateway.Harness.Sending;

/// <summary>What <c>send auth</c> saw, for programs.</summary>
internal sealed record SendReport
{
    /// <summary>Whether the outcome is the expected one, and proved.</summary>
    public required bool Good { get; init; }

    /// <summary>accept, reject, challenge or none.</summary>
    public required string Outcome { get; init; }

    public required string Expected { get; init; }

    public required string Server { get; init; }

    public required IReadOnlyList<SendStepReport> Steps { get; init; }

    /// <summary>Why there is no answer, or what is not as expected; null when all is.</summary>
    public string? Reason { get; init; }
}
