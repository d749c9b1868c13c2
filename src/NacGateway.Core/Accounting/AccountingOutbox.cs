using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Accounting;

/// <summary>
/// The way into the outbox: a record is added in the transaction of what it reports, and whoever delivers is woken after the commit.
/// A missed signal heals at the deliverer's next pass.
/// </summary>
internal sealed class AccountingOutbox(GatewayIdentity identity, bool isEnabled)
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private bool _hasNew = true;

    /// <summary>Whether anything is recorded: not where no server takes accounting.</summary>
    public bool IsEnabled { get; } = isEnabled;

    /// <summary>Name of this gateway, which its records carry as NAS-Identifier.</summary>
    public string Gateway => identity.Name;

    /// <summary>Adds the record of one event to a transaction.</summary>
    public void Add(GatewayDbContext database, AccountingEvent reported)
    {
        if (IsEnabled)
        {
            database.Append(AccountingComposer.Compose(reported, identity.Name));
        }
    }

    /// <summary>Adds the record of what concerns all sessions: Accounting-On or Accounting-Off (RFC 2866 section 5.1).</summary>
    public void Add(GatewayDbContext database, AcctStatusType status, string acctSessionId, DateTimeOffset at)
    {
        if (IsEnabled)
        {
            database.Append(AccountingComposer.Compose(status, acctSessionId, at, identity.Name));
        }
    }

    /// <summary>Takes the Interim-Updates of sessions out of the outbox: the ones that are about to be added say more (RFC 2869 section 2.1).</summary>
    public async Task RemoveInterimsAsync(GatewayDbContext database, string[] acctSessionIds, CancellationToken cancellationToken)
    {
        var owner = identity.Name;
        await database.Set<AccountingRecord>()
            .Where(record => acctSessionIds.Contains(record.AcctSessionId) && record.Status == AcctStatusType.InterimUpdate && record.Owner == owner && record.SetAsideAt == null)
            .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says that records have become durable. Never waits.</summary>
    public void Signal()
    {
        if (IsEnabled)
        {
            Volatile.Write(ref _hasNew, true);
            Wake();
        }
    }

    /// <summary>Has whoever delivers look at what he has, without anything new.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>Whether anything new came since the last question.</summary>
    public bool TakeNew() => Interlocked.Exchange(ref _hasNew, false);

    /// <summary>Waits for the next signal; one that came since the last wait counts.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
}
