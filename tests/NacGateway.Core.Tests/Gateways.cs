using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Migrations.PostgreSql;
using NacGateway.Migrations.Sqlite;
using NacGateway.TestKit;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace NacGateway.Core.Tests;

/// <summary>
/// The state of a gateway on a database of its own, as the host composes it, with a clock that the test turns. Restarting it keeps
/// the database and nothing else.
/// </summary>
public sealed class Gateways : IAsyncDisposable
{
    /// <summary>Shared with the one RADIUS server of these settings, named first.</summary>
    public const string Secret = "a secret of more than sixteen octets";

    private static readonly DateTimeOffset s_morning = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder? _folder;
    private readonly Dictionary<string, string?> _settings;
    private readonly Action<DbContextOptionsBuilder> _provider;
    private ServiceProvider? _services;

    private Gateways(StorageProvider provider, string connectionString, TemporaryFolder? folder, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        Provider = provider;
        ConnectionString = connectionString;
        _folder = folder;
        _settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storage:Provider"] = provider.ToString(),
            ["Storage:ConnectionString"] = connectionString,
            ["Radius:Servers:0:Name"] = "first",
            ["Radius:Servers:0:Host"] = "127.0.0.1",
            ["Radius:Servers:0:Secret"] = Secret,

            // Most tests have nobody who would take records.
            ["Accounting:Enabled"] = "false",
        };
        foreach (var (key, value) in settings)
        {
            _settings[key] = value;
        }

        _provider = provider == StorageProvider.Sqlite
            ? builder => SqliteStorage.Use(builder.AddInterceptors(Faults), connectionString)
            : builder => PostgreSqlStorage.Use(builder.AddInterceptors(Faults), connectionString);
    }

    public static TheoryData<StorageProvider> Both => [StorageProvider.Sqlite, StorageProvider.PostgreSql];

    public FakeTimeProvider Time { get; private init; } = new(s_morning);

    /// <summary>Of the process that runs now; one that is killed takes its own with it.</summary>
    public DatabaseFaults Faults { get; private set; } = new();

    /// <summary>What it logged since it was started.</summary>
    public IReadOnlyList<FakeLogRecord> Lines => Get<FakeLogCollector>().GetSnapshot();

    public StorageProvider Provider { get; }

    public string ConnectionString { get; }

    public SessionTable Table => Get<SessionTable>();

    public SessionManager Sessions => Get<SessionManager>();

    public SessionSweeper Sweeper => Get<IEnumerable<IHostedService>>().OfType<SessionSweeper>().Single();

    public GatewayWriter Writer => Get<GatewayWriter>();

    public static async Task<Gateways> StartAsync(StorageProvider provider, PostgreSqlServer postgres, params IEnumerable<(string Key, string Value)> settings)
    {
        var folder = provider == StorageProvider.Sqlite ? new TemporaryFolder() : null;
        var connectionString = folder is null
            ? await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken)
            : $"Data Source={Path.Combine(folder.FullName, "gateway.db")}";
        var gateway = new Gateways(provider, connectionString, folder, settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        await gateway.StartAsync();
        return gateway;
    }

    /// <summary>A gateway by another way to a database, such as one more on the same; the clock is the same.</summary>
    public async Task<Gateways> StartBesideAsync(string? connectionString = null, params IEnumerable<(string Key, string Value)> settings)
    {
        var beside = new Gateways(Provider, connectionString ?? ConnectionString, folder: null, settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))) { Time = Time };
        await beside.StartAsync();
        return beside;
    }

    /// <summary>Changes a setting for the next start.</summary>
    public void Set(string key, string value) => _settings[key] = value;

    /// <summary>A service of the running gateway.</summary>
    public T Get<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    /// <summary>Stops in order, or not at all like a process that is killed, and starts again on the same database.</summary>
    /// <param name="killed">Whether it is killed.</param>
    /// <param name="later">How long it is away.</param>
    /// <param name="faults">Sets what happens to the database traffic of the next process, from its first octet.</param>
    public async Task RestartAsync(bool killed = false, TimeSpan later = default, Action<DatabaseFaults>? faults = null)
    {
        await StopAsync(killed);
        Time.Advance(later);
        faults?.Invoke(Faults);
        await StartAsync();
    }

    /// <summary>Reads the database beside the gateway.</summary>
    public async Task<T> ReadAsync<T>(Func<GatewayDbContext, Task<T>> read)
    {
        await using var database = await Get<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await read(database);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(killed: false);
        if (Provider == StorageProvider.Sqlite)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        }

        _folder?.Dispose();
    }

    private async Task StartAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddFakeLogging().AddFilter("NacGateway", LogLevel.Debug));
        services.AddSingleton<System.Diagnostics.Metrics.IMeterFactory, TestMeters>();
        services.AddSingleton<TimeProvider>(Time);
        services.AddGatewayCore(new ConfigurationBuilder().AddInMemoryCollection(_settings).Build(), _provider);
        _services = services.BuildServiceProvider();
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task StopAsync(bool killed)
    {
        if (_services is null)
        {
            return;
        }

        if (killed)
        {
            // What still waits in the process is never written, and nothing of it may go on beside the next one.
            Faults.Kill();
            Faults = new DatabaseFaults();
            await Writer.StopAsync(CancellationToken.None);
        }
        else
        {
            // The server stops first, and waiting for its clients may have used up all the time that the host gives.
            var spent = new CancellationToken(canceled: true);
            foreach (var service in _services.GetServices<IHostedService>().Reverse())
            {
                await service.StopAsync(spent);
            }
        }

        await _services.DisposeAsync();
        _services = null;
    }
}
