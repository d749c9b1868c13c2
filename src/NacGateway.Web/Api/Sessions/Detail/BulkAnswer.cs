using NacGateway.Web.Desk.Acts;

namespace NacGateway.Web.Api.Sessions.Detail;

/// <summary>What became of an act on several sessions.</summary>
public sealed record BulkAnswer
{
    /// <summary>Sessions for which it was done.</summary>
    public required int Done { get; init; }

    /// <summary>Sessions for which there was nothing to do.</summary>
    public required int Skipped { get; init; }

    /// <summary>Sessions for which it could not be done.</summary>
    public required int Failed { get; init; }

    /// <summary>Sessions that it did not come to, because the gateway was stopped.</summary>
    public required int NotReached { get; init; }

    /// <summary>The first hundred failures, one by one.</summary>
    public required IReadOnlyList<ActAnswer> Failures { get; init; }

    /// <summary>The numbers in a sentence.</summary>
    public required string Text { get; init; }

    internal static BulkAnswer Of(BulkOutcome outcome) => new()
    {
        Done = outcome.Done,
        Skipped = outcome.Skipped,
        Failed = outcome.Failed,
        NotReached = outcome.NotReached,
        Failures = [.. outcome.Failures.Select(ActAnswer.Of)],
        Text = outcome.Words,
    };
}
