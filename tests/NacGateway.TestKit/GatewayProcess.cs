using System.Text.Json;
using System.Text.RegularExpressions;
using NacGateway.TestKit.Network;

namespace NacGateway.TestKit;

/// <summary>
/// The real gateway: the built executable in a process of its own, configured by a file, on ports that the system chose. Its folder holds
/// configuration and SQLite database, and outlives a restart.
/// </summary>
public sealed partial class GatewayProcess : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new("gateway");
    private ChildProcess? _process;
    private string _earlierOutput = "";

    private readonly NetNamespace? _inside;

    private GatewayProcess(NetNamespace? inside) => _inside = inside;

    /// <summary>Where unauthenticated clients arrive.</summary>
    public Uri Gate { get; private set; } = null!;

    /// <summary>Root of the sign-in pages.</summary>
    public Uri Portal { get; private set; } = null!;

    /// <summary>Health and metrics.</summary>
    public Uri Admin { get; private set; } = null!;

    /// <summary>Folder of configuration and database.</summary>
    public TemporaryFolder Folder => _folder;

    /// <summary>Process id of the running gateway.</summary>
    public int Id => _process!.Id;

    /// <summary>Everything logged, over all restarts.</summary>
    public string Log => _earlierOutput + _process!.Output;

    /// <summary>Path of the executable in the build output.</summary>
    public static string Executable => Path.Combine(Repository.OutputOf("NacGateway.Web"), OperatingSystem.IsWindows() ? "nacgateway.exe" : "nacgateway");

    /// <summary>Starts a gateway and waits until its listeners are open.</summary>
    /// <param name="settings">Settings by their full key, added to loopback listeners and a SQLite file; a null value takes a default away.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="inside">Network namespace it runs in; null for ours.</param>
    public static async Task<GatewayProcess> StartAsync(IEnumerable<KeyValuePair<string, string?>> settings, CancellationToken cancellationToken, NetNamespace? inside = null)
    {
        var gateway = new GatewayProcess(inside);
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = $"Data Source={gateway._folder["nacgateway.db"]}",
            ["Gate:Listen"] = "127.0.0.1:0",
            ["Portal:Listen"] = "127.0.0.1:0",
            ["Admin:Listen"] = "127.0.0.1:0",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var written = all.Where(setting => setting.Value is not null).ToDictionary(StringComparer.OrdinalIgnoreCase);
        gateway._folder.Write("appsettings.json", JsonSerializer.Serialize(written));
        try
        {
            await gateway.StartAsync(cancellationToken);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts again after <see cref="StopAsync"/>, with the same configuration and database; ports may have changed.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _process = ChildProcess.Start(Executable, ["serve"], Environment(), _folder.FullName, _inside);
        Gate = await AddressAsync("Gate", cancellationToken);
        Portal = await AddressAsync("Portal", cancellationToken);
        Admin = await AddressAsync("Admin", cancellationToken);
    }

    /// <summary>Ends the process by a signal (TERM asks, KILL does not), waits for its end, and returns its exit code.</summary>
    public async Task<int> StopAsync(string signal)
    {
        var exitCode = await _process!.StopAsync(signal);
        _earlierOutput += _process.Output + "\n";
        await _process.DisposeAsync();
        return exitCode;
    }

    /// <summary>Where dynamic authorization clients send to; only where there are Coa:Clients.</summary>
    public async Task<string> CoaAsync(CancellationToken cancellationToken) => (await AddressAsync("Coa", cancellationToken)).Authority;

    /// <summary>Waits for a log line, also among those already written.</summary>
    public Task<string> WaitForLogAsync(Func<string, bool> match, CancellationToken cancellationToken) => _process!.WaitForLineAsync(match, cancellationToken);

    /// <summary>Lets the process write no file beyond its first octet, as a full disk does; true restores.</summary>
    public Task AllowWritesAsync(bool allow, CancellationToken cancellationToken) => ChildProcess.RunAsync(
        Component.Require("prlimit", "util-linux"),
        ["--pid", Id.ToString(System.Globalization.CultureInfo.InvariantCulture), $"--fsize={(allow ? "unlimited" : "1")}:"],
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>No setting of the machine's own may leak in; and the runtime's double mapping of code is off, because it counts as a large file (see <see cref="AllowWritesAsync"/>).</summary>
    private static Dictionary<string, string?> Environment()
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["DOTNET_EnableWriteXorExecute"] = "0", ["ASPNETCORE_URLS"] = null };
        foreach (var key in System.Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(key => key.StartsWith("NACGATEWAY__", StringComparison.OrdinalIgnoreCase)))
        {
            environment[key] = null;
        }

        return environment;
    }

    [GeneratedRegex(@"Listening: (?<listener>\w+) on (?<address>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening { get; }

    private async Task<Uri> AddressAsync(string listener, CancellationToken cancellationToken)
    {
        var line = await _process!.WaitForLineAsync(line => Listening.Match(line) is { Success: true } match && match.Groups["listener"].Value == listener, cancellationToken);
        return new Uri(Listening.Match(line).Groups["address"].Value);
    }
}
