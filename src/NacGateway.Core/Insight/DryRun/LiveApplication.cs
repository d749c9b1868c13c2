using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Insight.DryRun;

/// <summary>
/// Puts open sessions under rules, as the dry run says. In small batches, for sign-ins wait behind each; one run at a time. What was
/// changed leaves a line in the session's history and a record of the decision, from which the next dry run goes on.
/// </summary>
public sealed class LiveApplication(PolicyDryRun dryRun, SessionManager sessions, TimeProvider time) : IDisposable
{
    private const int Batch = 100;

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Does it.</summary>
    /// <param name="policy">The rules, which are in force.</param>
    /// <param name="by">Who wants it, for the history.</param>
    /// <param name="cancellationToken">Ends it between two batches; the rest stays as it is.</param>
    /// <exception cref="StorageUnavailableException">The database does not take it; what was done before stays done.</exception>
    public async Task<LiveOutcome> RunAsync(AccessPolicy policy, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var outcome = new LiveOutcome(0, 0, 0, 0);
            List<SessionForecast> batch = [];
            await foreach (var forecast in dryRun.RunAsync(policy, cancellationToken).ConfigureAwait(false))
            {
                if (forecast.Kind is ForecastKind.LeftAlone or ForecastKind.NotKnown)
                {
                    outcome = outcome with { NotJudged = outcome.NotJudged + 1 };
                }
                else if (forecast.Kind != ForecastKind.Unchanged)
                {
                    batch.Add(forecast);
                }

                if (batch.Count == Batch)
                {
                    outcome = await DoAsync(batch, by, outcome).ConfigureAwait(false);
                    batch.Clear();
                }
            }

            return await DoAsync(batch, by, outcome).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<LiveOutcome> DoAsync(List<SessionForecast> batch, string by, LiveOutcome outcome)
    {
        var ends = batch.Where(forecast => forecast.Kind == ForecastKind.Refused).ToList();
        var changes = batch.Where(forecast => forecast.Kind != ForecastKind.Refused).ToList();
        var ended = ends.Count == 0 ? 0 : await sessions.CloseAsync([.. ends.Select(forecast => Closing(forecast, by))], Records(ends, by), CancellationToken.None).ConfigureAwait(false);
        var changed = changes.Count == 0 ? 0 : await ChangeAsync(changes, by).ConfigureAwait(false);
        return outcome with { Changed = outcome.Changed + changed, Ended = outcome.Ended + ended, Missed = outcome.Missed + batch.Count - changed - ended };
    }

    /// <summary>All at once; where one of them is not as it was, one by one.</summary>
    private async Task<int> ChangeAsync(List<SessionForecast> changes, string by)
    {
        if (await sessions.ChangeAsync([.. changes.Select(forecast => Change(forecast, by))], Records(changes, by), CancellationToken.None).ConfigureAwait(false))
        {
            return changes.Count;
        }

        var changed = 0;
        foreach (var forecast in changes)
        {
            changed += await sessions.ChangeAsync([Change(forecast, by)], Records([forecast], by), CancellationToken.None).ConfigureAwait(false) ? 1 : 0;
        }

        return changed;
    }

    private SessionChange Change(SessionForecast forecast, string by) => new()
    {
        AcctSessionId = forecast.Session.AcctSessionId,
        Before = forecast.Session.Limits,
        Limits = forecast.Limits,
        RenewedAfter = forecast.Session.RenewedAfter,
        Event = Event(forecast, SessionEventKind.Changed, by, forecast.Words),
    };

    private SessionClosing Closing(SessionForecast forecast, string by) => new()
    {
        AcctSessionId = forecast.Session.AcctSessionId,
        Cause = AcctTerminateCause.AdminReset,
        Event = Event(forecast, SessionEventKind.Ended, by, forecast.Words),
    };

    private SessionEvent Event(SessionForecast forecast, SessionEventKind kind, string by, string words) => new()
    {
        AcctSessionId = forecast.Session.AcctSessionId,
        At = time.GetUtcNow(),
        Kind = kind,
        By = by,
        Text = $"Put under version {forecast.Decision!.PolicyVersion} of the rules: {words}",
    };

    /// <summary>Adds the records of the new decisions; made anew each time, for the transaction may run twice.</summary>
    private Action<GatewayDbContext> Records(IReadOnlyList<SessionForecast> forecasts, string by)
    {
        var now = time.GetUtcNow();
        return database =>
        {
            foreach (var forecast in forecasts)
            {
                var old = forecast.Record!;
                database.Add(forecast.Decision!.ToRecord(old.AcctSessionId, old.UserName, now, $"{by} put the session under version {forecast.Decision.PolicyVersion} of the rules.") with
                {
                    UserKey = old.UserKey,
                    ClientAddress = old.ClientAddress,
                    CallingStationId = old.CallingStationId,
                    Outcome = forecast.Kind == ForecastKind.Refused ? ReviewOutcomes.Withdrawn : ReviewOutcomes.Reapplied,
                    ServerName = old.ServerName,
                    Exchange = old.Exchange,
                });
            }
        };
    }
}
