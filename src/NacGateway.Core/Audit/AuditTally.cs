using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Audit;

/// <summary>
/// Writes what strangers can cause into the trail, and bounds what it costs: the first of a kind at once, its repetitions as one line with
/// their number at the end of the minute, and past so many kinds in a minute all others as one line. Safe for concurrent use.
/// </summary>
public sealed partial class AuditTally(AuditLog audit, TimeProvider time, ILogger<AuditTally> log) : BackgroundService
{
    /// <summary>Kinds of one minute that have lines of their own.</summary>
    public const int MostKinds = 30;

    /// <summary>How long repetitions are gathered.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Dictionary<AuditEntry, long> _more = [];
    private long _others;

    /// <summary>Counts one. What the database does not take is in the log: a stranger must not be told of it, and has done nothing.</summary>
    public async Task NoteAsync(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_lock)
        {
            if (_more.TryGetValue(entry, out var more))
            {
                _more[entry] = more + 1;
                return;
            }

            if (_more.Count >= MostKinds)
            {
                _others++;
                return;
            }

            _more.Add(entry, 0);
        }

        await RecordAsync(entry).ConfigureAwait(false);
    }

    /// <summary>Writes what was gathered, and begins anew.</summary>
    public async Task FlushAsync()
    {
        Dictionary<AuditEntry, long> gathered;
        long others;
        lock (_lock)
        {
            (gathered, _more) = (_more, []);
            (others, _others) = (_others, 0);
        }

        foreach (var (entry, more) in gathered.Where(pair => pair.Value > 0))
        {
            await RecordAsync(entry with { Detail = AuditRepeats.Words(entry.Detail, more) }).ConfigureAwait(false);
        }

        if (others > 0)
        {
            await RecordAsync(new AuditEntry { Actor = "gateway", Action = "access.flood", Outcome = "refused", Detail = AuditRepeats.Words("Sign-ins of many names or from many addresses", others) }).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await FlushAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            await FlushAsync().ConfigureAwait(false);
        }
    }

    private async Task RecordAsync(AuditEntry entry)
    {
        try
        {
            await audit.RecordAsync(entry, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StorageUnavailableException exception)
        {
            Log.NotRecorded(log, entry.Action, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8100, LogLevel.Error, "A refused {Action} is not in the audit trail: {Reason}")]
        public static partial void NotRecorded(ILogger logger, string action, string reason);
    }
}
