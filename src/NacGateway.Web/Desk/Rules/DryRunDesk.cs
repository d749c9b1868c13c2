using NacGateway.Core.Insight.DryRun;
using NacGateway.Core.Policy;

namespace NacGateway.Web.Desk.Rules;

/// <summary>Runs the dry run of rules, a few at once: each looks at every open session.</summary>
internal sealed class DryRunDesk(PolicyDryRun dryRun) : IDisposable
{
    private const int MostAtOnce = 2;

    private readonly SemaphoreSlim _turns = new(MostAtOnce);

    /// <summary>What the rules would mean for all open sessions together.</summary>
    public async Task<ForecastSummary> SummariseAsync(AccessPolicy candidate, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await ForecastSummary.OfAsync(dryRun.RunAsync(candidate, cancellationToken), cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}
