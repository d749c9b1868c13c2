using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Accounting;

/// <summary>A gateway that reports its sessions to a server of the test.</summary>
internal sealed class AccountingRig : IAsyncDisposable
{
    private AccountingRig(BookKeeper server, Gateways gateway) => (Server, Gateway) = (server, gateway);

    public BookKeeper Server { get; }

    public Gateways Gateway { get; }

    /// <summary>Records in the order in which the server has written them down.</summary>
    public IEnumerable<BookEntry> Sessions => Server.Book.Entries.Where(entry => entry.IsOfSession);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<AccountingRig> StartAsync(PostgreSqlServer postgres, StorageProvider provider = StorageProvider.Sqlite, Func<BookEntry, int, Fate>? fates = null, params IEnumerable<(string Key, string Value)> settings)
    {
        var server = new BookKeeper(fates ?? ((_, _) => Fate.Arrives));
        var gateway = await Gateways.StartAsync(provider, postgres, [("Accounting:Enabled", "true"), ("Radius:Servers:0:AccountingPort", server.Port), .. settings]);
        return new AccountingRig(server, gateway);
    }

    /// <summary>Lets time pass until something is so: real time for sockets and database, false time for all that waits by the clock.</summary>
    public async Task UntilAsync(Func<bool> isSo, double step = 0.1, double most = 7200) => await UntilAsync(() => Task.FromResult(isSo()), step, most);

    public async Task UntilAsync(Func<Task<bool>> isSo, double step = 0.1, double most = 7200)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(3));
        for (var passed = 0.0; !await isSo(); passed += step)
        {
            Assert.True(passed < most, $"It did not come about in {most} s. The book has: {string.Join("; ", Server.Book.Entries)}");
            await tick.WaitForNextTickAsync(Token);
            Gateway.Time.Advance(TimeSpan.FromSeconds(step));
        }
    }

    /// <summary>Lets so much time pass.</summary>
    public async Task PassAsync(TimeSpan span, double step = 1)
    {
        var end = Gateway.Time.GetUtcNow() + span;
        await UntilAsync(() => Gateway.Time.GetUtcNow() >= end, step);
    }

    /// <summary>Lets all that waits be delivered and deleted.</summary>
    public Task UntilDeliveredAsync(double step = 0.1) => UntilAsync(async () => await WaitingAsync() == 0, step);

    /// <summary>Rows of the outbox that are not set aside.</summary>
    public Task<int> WaitingAsync() => Gateway.ReadAsync(database => database.Set<AccountingRecord>().CountAsync(record => record.SetAsideAt == null, Token));

    /// <summary>Every session that there was.</summary>
    public Task<List<Session>> SessionRowsAsync() => Gateway.ReadAsync(database => database.Set<Session>().AsNoTracking().ToListAsync(Token));

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Server.DisposeAsync();
    }
}
