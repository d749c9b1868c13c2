using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace NacGateway.TestKit;

/// <summary>A rsyslog of the test's own on loopback, by UDP and by TCP or TLS on one port; what it has understood of each message can be read. Start one a test.</summary>
public sealed class RsyslogServer : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly TemporaryFolder _folder;

    private RsyslogServer(ChildProcess process, TemporaryFolder folder, IPEndPoint endPoint) => (_process, _folder, EndPoint) = (process, folder, endPoint);

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What it has written: a JSON object for each message.</summary>
    public string Output => _process.Output;

    /// <summary>Starts one; skips or fails the running test when it is not installed.</summary>
    /// <param name="tls">Certificate, key and authority of TLS, with which clients must show one of that authority, too; null for TCP in the clear.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<RsyslogServer> StartAsync((string Certificate, string Key, string Authority)? tls, CancellationToken cancellationToken)
    {
        var program = Component.Require("rsyslogd", "rsyslog and rsyslog-openssl", "/usr/sbin/rsyslogd");
        var folder = new TemporaryFolder("rsyslog");
        var port = FreePorts.Tcp();
        var number = port.ToString(CultureInfo.InvariantCulture);
        var (files, driver) = tls is { } pki
            ? ($"""DefaultNetstreamDriver="ossl" DefaultNetstreamDriverCAFile="{pki.Authority}" DefaultNetstreamDriverCertFile="{pki.Certificate}" DefaultNetstreamDriverKeyFile="{pki.Key}" """,
                """StreamDriver.Name="ossl" StreamDriver.Mode="1" StreamDriver.AuthMode="x509/certvalid" """)
            : ("", "");
        var configuration = folder.Write("rsyslog.conf", $"""
            global(workDirectory="{folder.FullName}" maxMessageSize="64k" {files})
            module(load="imudp")
            module(load="imtcp" {driver})
            template(name="json" type="string" string="%jsonmesg%\n")
            input(type="imudp" address="127.0.0.1" port="{number}")
            input(type="imtcp" address="127.0.0.1" port="{number}")
            *.* action(type="omfile" file="/dev/stdout" template="json")

            """);
        var process = ChildProcess.Start(program, ["-n", "-f", configuration, "-i", folder["pid"]]);
        try
        {
            await ListeningAsync(process, port, cancellationToken);
            return new RsyslogServer(process, folder, new IPEndPoint(IPAddress.Loopback, port));
        }
        catch
        {
            await process.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Waits for a message of an application, also among those that have come already.</summary>
    /// <param name="application">Its APP-NAME.</param>
    /// <param name="id">Its MSGID.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<JsonElement> WaitForAsync(string application, string id, CancellationToken cancellationToken)
    {
        JsonElement found = default;
        await _process.WaitForLineAsync(
            line =>
            {
                if (!line.StartsWith('{'))
                {
                    return false;
                }

                found = JsonDocument.Parse(line).RootElement;
                return found.GetProperty("app-name").GetString() == application && found.GetProperty("msgid").GetString() == id;
            },
            cancellationToken);
        return found;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>It does not say when it listens; its UDP port is bound before its TCP port.</summary>
    private static async Task ListeningAsync(ChildProcess process, int port, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return;
            }
            catch (SocketException) when (!process.HasEnded)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            }
        }
    }
}
