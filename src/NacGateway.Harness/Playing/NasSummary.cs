using System.Globalization;

namespace NacGateway.Harness.Playing;

/// <summary>What a play came to: the last line.</summary>
internal sealed record NasSummary
{
    public string Event { get; init; } = "summary";

    public required int Seed { get; init; }

    public required bool Interrupted { get; init; }

    public required long Accepted { get; init; }

    public required long Rejected { get; init; }

    public required long Challenged { get; init; }

    /// <summary>Sign-ins and records that nobody answered.</summary>
    public required long Unanswered { get; init; }

    public required long Starts { get; init; }

    public required long Interims { get; init; }

    public required long Stops { get; init; }

    public required long Disconnected { get; init; }

    public required long Changed { get; init; }

    /// <summary>Disconnect- and CoA-Requests that were refused.</summary>
    public required long Refused { get; init; }

    /// <summary>Whether anything was answered at all.</summary>
    public required bool Heard { get; init; }

    /// <summary>What is not as expected; null when all is.</summary>
    public string? Reason { get; init; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Interrupted ? "Ended early" : "Done")} (seed {Seed}): {Accepted} accepted, {Rejected} rejected, {Challenged} challenged, {Unanswered} without an answer; acknowledged: {Starts} Start, {Interims} Interim-Update, {Stops} Stop; {Disconnected} sessions disconnected, {Changed} changed, {Refused} requests refused.");
}
