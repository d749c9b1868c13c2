using NacGateway.Radius.Client;

namespace NacGateway.Core.Accounting;

/// <summary>How accounting does, for pages and probes.</summary>
public sealed class AccountingHealth
{
    private readonly AccountingOutbox _outbox;
    private readonly OutboxStore _store;
    private readonly IAccountingServers _servers;
    private readonly AccountingProgress _progress;

    internal AccountingHealth(AccountingOutbox outbox, OutboxStore store, IAccountingServers servers, AccountingProgress progress) =>
        (_outbox, _store, _servers, _progress) = (outbox, store, servers, progress);

    /// <summary>Whether sessions are reported at all.</summary>
    public bool IsEnabled => _outbox.IsEnabled;

    /// <summary>Since when no server acknowledges anything, and why; null while all is well.</summary>
    public (DateTimeOffset Since, string Problem)? Silence => _progress.Silence;

    /// <summary>How each server does at its port for accounting.</summary>
    public IReadOnlyList<ServerHealth> Servers => _servers.Health;

    /// <summary>Records that wait to be acknowledged, and when the first of them happened.</summary>
    public Task<(int Waiting, DateTimeOffset? OldestAt)> CountAsync(CancellationToken cancellationToken) => _store.CountAsync(cancellationToken);
}
