using System.Globalization;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Accounting;

/// <summary>Accounting-On and Accounting-Off: a server that reads one ends all sessions that it has of this gateway (RFC 2866 section 5.1).</summary>
internal sealed class AccountingAnnouncement(AccountingOutbox outbox, GatewayWriter writer, TimeProvider time)
{
    /// <summary>Queues it behind all that waits.</summary>
    /// <param name="status">Which.</param>
    /// <param name="cancellationToken">Counts until the writing begins.</param>
    public async Task AnnounceAsync(AcctStatusType status, CancellationToken cancellationToken)
    {
        if (!outbox.IsEnabled)
        {
            return;
        }

        var at = time.GetUtcNow();

        // Each record must have an Acct-Session-Id, and these have that of no session (RFC 2866 section 5.13).
        var acctSessionId = Guid.CreateVersion7(at).ToString("N", CultureInfo.InvariantCulture);
        var written = await writer.WriteAsync(
            (database, _) =>
            {
                outbox.Add(database, status, acctSessionId, at);
                return Task.CompletedTask;
            },
            _ => outbox.Signal(),
            cancellationToken).ConfigureAwait(false);
        if (written != WriteStatus.Committed)
        {
            throw new StorageUnavailableException();
        }
    }
}
