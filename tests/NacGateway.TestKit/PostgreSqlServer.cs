using System.Globalization;
using Xunit;

namespace NacGateway.TestKit;

/// <summary>
/// A PostgreSQL of the tests' own: in a temporary folder, on a Unix socket there (no port to lose), as an unprivileged user, with fsync on.
/// Made for an assembly fixture: <c>[assembly: AssemblyFixture(typeof(PostgreSqlServer))]</c>. It starts when the first test asks for a
/// database, so a run that needs none pays nothing. Safe for concurrent use.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private const string User = "nacgateway";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly HashSet<string> _templates = new(StringComparer.Ordinal);
    private TemporaryFolder? _folder;
    private ChildProcess? _server;
    private int _databases;
    private bool _ready;

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A new, empty database; returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        return await CloneAsync("template0", cancellationToken);
    }

    /// <summary>
    /// A new database that is a copy of a template; returns its connection string. The template is made once for each
    /// <paramref name="template"/> name, by <paramref name="prepare"/> (such as running the migrations).
    /// </summary>
    /// <param name="template">Lower-case name of the template.</param>
    /// <param name="prepare">Fills the template; gets a connection string without pooling, as a template must have no connection when it is copied.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string> CreateDatabaseAsync(string template, Func<string, CancellationToken, Task> prepare, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_templates.Contains(template))
            {
                await SqlAsync($"DROP DATABASE IF EXISTS \"{template}\"", cancellationToken);
                await SqlAsync($"CREATE DATABASE \"{template}\" TEMPLATE template0", cancellationToken);
                await prepare(ConnectionString(template) + ";Pooling=false", cancellationToken);
                _templates.Add(template);
            }
        }
        finally
        {
            _gate.Release();
        }

        return await CloneAsync(template, cancellationToken);
    }

    /// <summary>Runs SQL in a database made here by psql, and returns the rows as text, columns separated by <c>|</c>.</summary>
    public Task<string> QueryAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        var database = connectionString.Split(';').Single(part => part.StartsWith("Database=", StringComparison.Ordinal))["Database=".Length..];
        return SqlAsync(sql, cancellationToken, database);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            // INT is the fast shutdown: connections that a test left open do not hold it up.
            await _server.StopAsync("INT");
            await _server.DisposeAsync();
        }

        _folder?.Dispose();
        _gate.Dispose();
    }

    /// <summary>A server program of PostgreSQL; Debian keeps them out of PATH, in a folder a version.</summary>
    private static string Program(string name)
    {
        const string Versions = "/usr/lib/postgresql";
        string[] places = Directory.Exists(Versions)
            ? [.. Directory.GetDirectories(Versions).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin", name))]
            : [];
        return Component.Require(name, "postgresql", places);
    }

    /// <summary>Connections of tests that are over are soon closed, or those of hundreds of databases are more than one server holds.</summary>
    private string ConnectionString(string database) => $"Host={_folder!.FullName};Username={User};Database={database};Connection Idle Lifetime=5;Connection Pruning Interval=2";

    private async Task<string> CloneAsync(string template, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await SqlAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"", cancellationToken);
        return ConnectionString(name);
    }

    private Task<string> SqlAsync(string sql, CancellationToken cancellationToken, string database = "postgres") => ChildProcess.RunAsync(
        Component.Require("psql", "postgresql-client"),
        ["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-h", _folder!.FullName, "-U", User, "-d", database, "-c", sql],
        cancellationToken);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_ready)
            {
                return;
            }

            var initdb = Program("initdb");
            var postgres = Program("postgres");
            _folder?.Dispose();
            _folder = new TemporaryFolder("postgresql");
            var unprivileged = await UnprivilegedAsync(_folder.FullName, cancellationToken);
            var data = _folder["data"];
            string[] init = [initdb, "-D", data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"];
            string[] run = [postgres, "-D", data, "-k", _folder.FullName, "-c", "listen_addresses=", "-c", "fsync=on", "-c", "max_connections=500"];

            await RunAsync([.. unprivileged, .. init], cancellationToken);
            var server = Start([.. unprivileged, .. run]);
            _server = server;
            await server.WaitForLineAsync(line => line.Contains("ready to accept connections", StringComparison.Ordinal), cancellationToken);
            _ready = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    private ChildProcess Start(string[] command) => ChildProcess.Start(command[0], command[1..], Environment(), _folder!.FullName);

    private async Task RunAsync(string[] command, CancellationToken cancellationToken)
    {
        await using var child = Start(command);
        if (await child.WaitForExitAsync(cancellationToken) != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} did not succeed:\n{child.Output}");
        }
    }

    /// <summary>English messages: the readiness line is looked for by its text.</summary>
    private static Dictionary<string, string?> Environment() => new(StringComparer.Ordinal) { ["LC_ALL"] = "C.UTF-8" };

    /// <summary>PostgreSQL refuses to run as root: the command that steps down to a user without rights, who then owns the folder; nothing otherwise.</summary>
    private static async Task<string[]> UnprivilegedAsync(string folder, CancellationToken cancellationToken)
    {
        if (!System.Environment.IsPrivilegedProcess)
        {
            return [];
        }

        var users = await File.ReadAllLinesAsync("/etc/passwd", cancellationToken);
        var user = users.Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
        var ids = users.Single(line => line.StartsWith(user + ":", StringComparison.Ordinal)).Split(':');
        await ChildProcess.RunAsync("/bin/chown", [$"{ids[2]}:{ids[3]}", folder], cancellationToken);
        return [Component.Require("setpriv", "util-linux"), "--reuid", ids[2], "--regid", ids[3], "--clear-groups", "--"];
    }
}
