using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace NacGateway.Benchmarks.Http;

/// <summary>The gateway as it is deployed, in a folder of its own that goes when it is disposed of.</summary>
internal sealed partial class GatewayProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private GatewayProcess(ChildProcess process, DirectoryInfo folder, int gatePort, int portalPort, int adminPort)
    {
        Process = process;
        _folder = folder;
        GatePort = gatePort;
        PortalPort = portalPort;
        AdminPort = adminPort;
    }

    public ChildProcess Process { get; }

    public int GatePort { get; }

    public int PortalPort { get; }

    public int AdminPort { get; }

    /// <summary>Starts it and waits until it says where it listens.</summary>
    /// <param name="settings">Keys of the configuration beyond listeners and storage.</param>
    /// <param name="connectionString">An existing SQLite database, or null for a new one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<GatewayProcess> StartAsync(IReadOnlyDictionary<string, string> settings, string? connectionString, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("nacgateway-bench-");
        var ports = FreePorts(3);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Storage:ConnectionString"] = connectionString ?? $"Data Source={Path.Combine(folder.FullName, "gateway.db")}",
            ["Gate:Listen"] = Address(ports[0]),
            ["Portal:Listen"] = Address(ports[1]),
            ["Portal:PublicUrl"] = "http://" + Address(ports[1]) + "/",
            ["Admin:Listen"] = Address(ports[2]),
        };
        foreach (var (key, value) in settings)
        {
            environment[key] = value;
        }

        var child = ChildProcess.StartDotnet(
            "nacgateway.dll",
            core: 0,
            ["serve"],
            environment.ToDictionary(pair => "NACGATEWAY__" + pair.Key.Replace(":", "__", StringComparison.Ordinal), pair => pair.Value, StringComparer.Ordinal));
        var gateway = new GatewayProcess(child, folder, ports[0], ports[1], ports[2]);
        await gateway.WaitUntilReadyAsync(cancellationToken);
        return gateway;
    }

    /// <summary>Signs 127.0.0.1 in through the portal's form, as a browser without scripts does.</summary>
    public async Task SignInAsync(string userName, string password, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = new Uri("http://" + Address(PortalPort)) };
        var page = await client.GetStringAsync(new Uri("/portal", UriKind.Relative), cancellationToken);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["username"] = userName,
            ["password"] = password,
            ["terms"] = "on",
            ["token"] = WebUtility.HtmlDecode(Token().Match(page).Groups["token"].Value),
        });
        using var answer = await client.PostAsync(new Uri("/portal/sign-in", UriKind.Relative), form, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"The sign-in failed with {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var ready = new Uri($"http://{Address(AdminPort)}/healthz/ready");
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(ready, limit.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet; asked again below until the time limit.
            }

            Process.ThrowIfEnded();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    private static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    /// <summary>Ports that were free a moment ago; all are held at once so that they differ.</summary>
    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            return [.. listeners.Select(listener =>
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            })];
        }
        finally
        {
            foreach (var listener in listeners)
            {
                listener.Dispose();
            }
        }
    }

    [GeneratedRegex("name=\"token\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
