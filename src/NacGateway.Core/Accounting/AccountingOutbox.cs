using System.Threading.Channels;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Accounting;

/// <summary>
/// The way into the outbox: a record is added in the transaction of what it reports, and whoever delivers is woken after the commit.
/// A missed signal heals at the deliverer's next pass.
/// </summary>
internal sealed class AccountingOutbox(GatewayIdentity identity, bool isEnabled)
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Whether anything is recorded: not where no server takes accounting.</summary>
    public bool IsEnabled { get; } = isEnabled;

    /// <summary>Adds the record of one event to a transaction.</summary>
    public void Add(GatewayDbContext database, AccountingEvent reported)
    {
        if (IsEnabled)
        {
            database.Add(AccountingComposer.Compose(reported, identity.Name));
        }
    }

    /// <summary>Says that records have become durable. Never waits.</summary>
    public void Signal()
    {
        if (IsEnabled)
        {
            _signal.Writer.TryWrite(true);
        }
    }

    /// <summary>Waits for the next signal; one that came since the last wait counts.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
}
