using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Policy;

/// <summary>
/// Keeps the records of refusals; that of a grant is written with its session. Bounded by age and number, so that nobody fills the disk
/// by failing to sign in. Safe for concurrent use.
/// </summary>
public sealed partial class DecisionLog(GatewayWriter writer, IDbContextFactory<GatewayDbContext> contexts, IOptions<PolicyOptions> options, TimeProvider time, ILogger<DecisionLog> log)
{
    /// <summary>Records in memory that the database did not take; the oldest go first.</summary>
    internal const int MostKept = 256;

    private readonly ConcurrentQueue<PolicyDecision> _kept = [];

    /// <summary>Writes one record. A refusal stands whether it can be recorded or not, so that failure is logged and not thrown.</summary>
    public async Task RecordAsync(PolicyDecision decision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decision);
        try
        {
            var status = await writer.AppendAsync(
                (database, _) =>
                {
                    database.Append(decision);
                    return Task.CompletedTask;
                },
                committed: null,
                cancellationToken).ConfigureAwait(false);
            if (status != WriteStatus.Committed)
            {
                Keep(decision);
                Log.NotRecorded(log, decision.UserName, status);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.RecordingFailed(log, decision.UserName, exception);
        }
    }

    /// <summary>Takes a record that cannot be written now, such as that of a sign-in which the database did not take. It is written when that is back, if the gateway lives so long.</summary>
    internal void Keep(PolicyDecision decision)
    {
        _kept.Enqueue(decision);
        while (_kept.Count > MostKept && _kept.TryDequeue(out _))
        {
        }
    }

    /// <summary>Writes what was kept.</summary>
    internal async Task WriteKeptAsync(CancellationToken cancellationToken)
    {
        List<PolicyDecision> decisions = [];
        while (_kept.TryDequeue(out var decision))
        {
            decisions.Add(decision);
        }

        if (decisions.Count == 0)
        {
            return;
        }

        var status = await writer.AppendAsync(
            (database, _) =>
            {
                decisions.ForEach(database.Append);
                return Task.CompletedTask;
            },
            committed: null,
            cancellationToken).ConfigureAwait(false);
        if (status != WriteStatus.Committed)
        {
            decisions.ForEach(Keep);
        }
    }

    /// <summary>Forgets what is too old or too much.</summary>
    /// <returns>How many records went.</returns>
    public async Task<int> TrimAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - options.Value.DecisionsKeptFor;
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        long? last;
        await using (database.ConfigureAwait(false))
        {
            last = await database.Set<PolicyDecision>().MaxAsync(decision => (long?)decision.Id, cancellationToken).ConfigureAwait(false);
        }

        if (last is null)
        {
            return 0;
        }

        // Numbers are given out in order: what lies this far behind the newest is too much, with a few more where a write was undone.
        var first = last.Value - options.Value.DecisionsKept;
        var gone = 0;
        await writer.WriteAsync(
            async (context, token) => gone = await context.Set<PolicyDecision>().Where(decision => decision.Id <= first || decision.At < oldest).ExecuteDeleteAsync(token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return gone;
    }

    private static partial class Log
    {
        [LoggerMessage(2310, LogLevel.Warning, "The refusal of {User} was not recorded ({Status}). See what the database said before this line.")]
        public static partial void NotRecorded(ILogger logger, string user, WriteStatus status);

        [LoggerMessage(2311, LogLevel.Error, "The refusal of {User} was not recorded because of a fault in the gateway")]
        public static partial void RecordingFailed(ILogger logger, string user, Exception exception);
    }
}
