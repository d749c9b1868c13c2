using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace NacGateway.Core.Storage;

/// <summary>
/// An advisory lock of PostgreSQL under the gateway's name, held by a connection that does nothing else. The server lets go of it when
/// the connection ends; one that was lost is made anew.
/// </summary>
internal sealed partial class ServerLease : IAsyncDisposable
{
    /// <summary>How long the server waits for a lock that is taken: a process that was killed a moment ago still has it.</summary>
    private const string Patience = "3s";

    /// <summary>SQLSTATE lock_not_available.</summary>
    private const string NotAvailable = "55P03";

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly DbProviderFactory _provider;
    private readonly string _connectionString;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private DbConnection? _connection;
    private Task _keeping = Task.CompletedTask;

    public ServerLease(GatewayDbContext database, string name, TimeProvider time, ILogger log)
    {
        _provider = DbProviderFactories.GetFactory(database.Database.GetDbConnection())!;

        // Not one of the pool: what goes back there keeps its locks.
        _connectionString = new DbConnectionStringBuilder { ConnectionString = database.Database.GetConnectionString() ?? string.Empty, ["Pooling"] = "false" }.ConnectionString;
        (_name, _time, _log) = (name, time, log);
    }

    /// <summary>Takes it, and keeps it from then on.</summary>
    /// <exception cref="GatewayRunsException">Another process has it.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        if (!await TryConnectAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new GatewayRunsException($"Another gateway of the name {_name} runs on this database. Stop that one first, or give this one a name of its own in Radius:NasIdentifier.");
        }

        _keeping = KeepAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _keeping.ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    /// <summary>Returns false when somebody else has the lock.</summary>
    private async Task<bool> TryConnectAsync(CancellationToken cancellationToken)
    {
        _connection = _provider.CreateConnection()!;
        _connection.ConnectionString = _connectionString;
        try
        {
            await _connection.OpenAsync(cancellationToken).ConfigureAwait(false);

            // Should this process vanish from the network, the server notices within half a minute, and the next one may begin.
            await SayAsync($"SET lock_timeout = '{Patience}'; SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3", cancellationToken).ConfigureAwait(false);
            await SayAsync(FormattableString.Invariant($"SELECT pg_advisory_lock({WriteLocks.Key("gateway " + _name)})"), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DbException exception) when (string.Equals(exception.SqlState, NotAvailable, StringComparison.Ordinal))
        {
            await CloseAsync().ConfigureAwait(false);
            return false;
        }
    }

    private async Task SayAsync(string statement, CancellationToken cancellationToken)
    {
        var command = _connection!.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task KeepAsync()
    {
        using var timer = new PeriodicTimer(s_interval, _time);
        var isHeld = true;
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
            {
                isHeld = await IsKeptAsync(isHeld).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The end of the program, not a failure.
        }
    }

    private async Task<bool> IsKeptAsync(bool wasHeld)
    {
        try
        {
            if (wasHeld)
            {
                await SayAsync("SELECT 1", _stopping.Token).ConfigureAwait(false);
                return true;
            }

            var isTaken = await TryConnectAsync(_stopping.Token).ConfigureAwait(false);
            if (!isTaken)
            {
                Log.Taken(_log, _name);
            }

            return isTaken;
        }
        catch (Exception exception) when (WriteTransaction.IsEnvironment(exception) || exception is InvalidOperationException)
        {
            // The database is away, or the connection to it; whoever writes says so.
            await CloseAsync().ConfigureAwait(false);
            return false;
        }
    }

    private async Task CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2908, LogLevel.Error, "The connection that held the name {Name} in the database was lost, and another gateway has taken the name: each would end the other's sessions. Stop one of them.")]
        public static partial void Taken(ILogger logger, string name);
    }
}
