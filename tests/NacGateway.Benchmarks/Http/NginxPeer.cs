using System.Globalization;
using System.Net.Sockets;
using System.Text;
using NacGateway.TestKit;

namespace NacGateway.Benchmarks.Http;

/// <summary>
/// nginx that gives an answer of ours again by <c>return 511</c>: one worker, as it is shipped but for the log of requests, which the others
/// do not write either. Without a master, so that its processor time is that of the process started.
/// </summary>
internal sealed class NginxPeer : IAsyncDisposable
{
    /// <summary>The longest text that its configuration takes in one piece is 4,096 octets, escapes included.</summary>
    private const int Piece = 1_500;

    /// <summary>What nginx sends by itself, with values of its own.</summary>
    private static readonly string[] s_own = ["Date", "Server", "Connection", "Content-Length"];

    private readonly TemporaryFolder _folder;

    private NginxPeer(ChildProcess process, int port, TemporaryFolder folder) => (Process, Port, _folder) = (process, port, folder);

    public ChildProcess Process { get; }

    public int Port { get; }

    /// <summary>Path of the program; null when it is not installed.</summary>
    public static string? Program => Component.Find("nginx", "/usr/sbin/nginx");

    /// <summary>Starts it, and makes sure that it answers a request as the gateway did.</summary>
    public static async Task<NginxPeer> StartAsync(string program, RawAnswer answer, string request, CancellationToken cancellationToken)
    {
        var folder = new TemporaryFolder("bench");
        var port = FreePorts.Tcp();
        var configuration = folder["nginx.conf"];
        await File.WriteAllTextAsync(configuration, Configuration(folder.FullName, port, answer), Encoding.Latin1, cancellationToken);
        var process = ChildProcess.StartProgram(program, core: 0, ["-p", folder.FullName, "-c", configuration, "-e", "stderr"]);
        var peer = new NginxPeer(process, port, folder);
        try
        {
            var same = await peer.AskAsync(request, cancellationToken);
            return same.StatusCode == answer.StatusCode && same.Body.AsSpan().SequenceEqual(answer.Body) && Said(same).SequenceEqual(Said(answer), StringComparer.OrdinalIgnoreCase)
                ? peer
                : throw new InvalidOperationException($"nginx does not answer the same: {same.StatusCode}, {string.Join(", ", Said(same))} in place of {string.Join(", ", Said(answer))}.");
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _folder.Dispose();
    }

    private static IEnumerable<string> Said(RawAnswer answer) =>
        answer.Headers.Where(header => !s_own.Contains(header.Key, StringComparer.OrdinalIgnoreCase)).Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.OrdinalIgnoreCase);

    private async Task<RawAnswer> AskAsync(string request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                return await GateMeasurement.AskAsync(Port, request, limit.Token);
            }
            catch (SocketException)
            {
                // Not listening yet; asked again below until the time limit.
            }

            Process.ThrowIfEnded();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    private static string Configuration(string folder, int port, RawAnswer answer)
    {
        var pieces = Encoding.Latin1.GetString(answer.Body).Chunk(Piece).Select(piece => Quoted(new string(piece))).ToArray();
        var headers = answer.Headers.Where(header => !s_own.Contains(header.Key, StringComparer.OrdinalIgnoreCase) && !IsType(header.Key));
        return string.Join(
            '\n',
            [
                "daemon off; master_process off; worker_processes 1;",
                $"pid \"{folder}/pid\";",
                "events { worker_connections 4096; }",
                "http {",
                $"client_body_temp_path \"{folder}/1\"; proxy_temp_path \"{folder}/2\"; fastcgi_temp_path \"{folder}/3\"; uwsgi_temp_path \"{folder}/4\"; scgi_temp_path \"{folder}/5\";",
                "access_log off; server_tokens off;",
                "geo $dollar { default \"$\"; }",
                $"default_type {Quoted(answer.Headers.First(header => IsType(header.Key)).Value)};",
                "server {",
                string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{port};"),
                .. headers.Select(header => $"add_header {header.Key} {Quoted(header.Value)} always;"),
                .. pieces.Select((piece, number) => string.Create(CultureInfo.InvariantCulture, $"set $piece{number} {piece};")),
                string.Create(CultureInfo.InvariantCulture, $"return {answer.StatusCode} \"{string.Concat(pieces.Select((_, number) => string.Create(CultureInfo.InvariantCulture, $"${{piece{number}}}")))}\";"),
                "}",
                "}",
            ]);
    }

    private static bool IsType(string header) => header.Equals("Content-Type", StringComparison.OrdinalIgnoreCase);

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("$", "${dollar}", StringComparison.Ordinal)}\"";
}
