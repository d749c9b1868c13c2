namespace NacGateway.Web.Desk.Overview;

/// <summary>What the first page knows, for programs. It is made where the page is made, so that both say the same.</summary>
internal interface IOverviewReport
{
    /// <summary>How the gateway stands, and what it did in a range.</summary>
    /// <param name="asked">The range.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The report, or what is wrong with the range.</returns>
    Task<(OverviewReport? Report, string? Problem)> ReadAsync(RangeAsked asked, CancellationToken cancellationToken);

    /// <summary>What was done in a range, piece by piece.</summary>
    /// <param name="asked">The range.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The pieces, or what is wrong with the range.</returns>
    Task<(IReadOnlyList<ActivityPoint>? Points, string? Problem)> ActivityAsync(RangeAsked asked, CancellationToken cancellationToken);
}
