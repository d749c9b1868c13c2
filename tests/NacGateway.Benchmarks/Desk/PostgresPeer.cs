using System.Text.RegularExpressions;

namespace NacGateway.Benchmarks.Desk;

/// <summary>A PostgreSQL of the measurement's own, as its makers configure it, in a temporary folder and on a Unix socket there.</summary>
internal sealed partial class PostgresPeer : IAsyncDisposable
{
    private const string Versions = "/usr/lib/postgresql";
    private const string User = "nacgateway";

    private readonly ChildProcess _process;
    private readonly DirectoryInfo _folder;

    private PostgresPeer(ChildProcess process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    public string ConnectionString => $"Host={_folder.FullName};Username={User};Database=postgres";

    /// <summary>Starts one; null where PostgreSQL is not installed.</summary>
    public static async Task<PostgresPeer?> StartAsync(CancellationToken cancellationToken)
    {
        var programs = Directory.Exists(Versions)
            ? Directory.GetDirectories(Versions).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "postgres")))
            : null;
        if (programs is null)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("nacgateway-bench-");
        try
        {
            var data = Path.Combine(folder.FullName, "data");
            var (program, step) = await UnprivilegedAsync(folder.FullName, cancellationToken);
            await RunAsync(program, [.. step, Path.Combine(programs, "initdb"), "-D", data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"], cancellationToken);
            var process = ChildProcess.StartProgram(program, core: null, [.. step, Path.Combine(programs, "postgres"), "-D", data, "-k", folder.FullName, "-c", "listen_addresses="], English);
            await process.WaitForLineAsync(Ready(), cancellationToken);
            return new PostgresPeer(process, folder);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // As a whole, without a word: nobody needs the data any more.
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static Dictionary<string, string> English => new(StringComparer.Ordinal) { ["LC_ALL"] = "C.UTF-8" };

    /// <summary>PostgreSQL refuses to run as root: steps down to a user without rights, who then owns the folder.</summary>
    private static async Task<(string Program, string[] Arguments)> UnprivilegedAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return ("/usr/bin/env", []);
        }

        var users = await File.ReadAllLinesAsync("/etc/passwd", cancellationToken);
        var ids = users.Where(line => line.StartsWith("postgres:", StringComparison.Ordinal)).Concat(users.Where(line => line.StartsWith("nobody:", StringComparison.Ordinal))).First().Split(':');
        await RunAsync("/bin/chown", [$"{ids[2]}:{ids[3]}", folder], cancellationToken);
        return ("setpriv", ["--reuid", ids[2], "--regid", ids[3], "--clear-groups", "--"]);
    }

    private static async Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        await using var child = ChildProcess.StartProgram(program, core: null, arguments, English);
        await child.WaitForEndAsync(cancellationToken);
    }

    [GeneratedRegex("ready to accept connections", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ready();
}
