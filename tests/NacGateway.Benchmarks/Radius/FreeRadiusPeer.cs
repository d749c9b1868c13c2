using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace NacGateway.Benchmarks.Radius;

/// <summary>A FreeRADIUS of the measurement's own: PAP and a flat users file, threads as its makers configure them, no log of requests, replies signed as ours are.</summary>
internal sealed partial class FreeRadiusPeer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private FreeRadiusPeer(ChildProcess process, int port, DirectoryInfo folder) => (Process, Port, _folder) = (process, port, folder);

    public ChildProcess Process { get; }

    public int Port { get; }

    /// <summary>Path of a program of FreeRADIUS; null when it is not installed.</summary>
    public static string? Find(string program) => ((string[])["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"]).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Starts it on a port that was free a moment ago.</summary>
    public static async Task<FreeRadiusPeer> StartAsync(string program, int? core, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("nacgateway-bench-");
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "users"), RadiusUsers.File, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "radiusd.conf"), Configuration(folder.FullName, port), cancellationToken);
        var process = ChildProcess.StartProgram(program, core, ["-d", folder.FullName, "-f", "-l", "stdout"]);
        try
        {
            await process.WaitForLineAsync(Ready(), cancellationToken);
            return new FreeRadiusPeer(process, port, folder);
        }
        catch
        {
            await process.DisposeAsync();
            folder.Delete(recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static string Configuration(string folder, int port) => $$"""
        name = freeradius
        prefix = /usr
        libdir = /usr/lib/freeradius
        raddbdir = "{{folder}}"
        confdir = "{{folder}}"
        logdir = "{{folder}}"
        run_dir = "{{folder}}"
        db_dir = "{{folder}}"
        max_request_time = 30
        cleanup_delay = 5
        max_requests = 16384
        hostname_lookups = no
        log {
        	destination = stdout
        	auth = no
        }
        security {
        	max_attributes = 200
        	reject_delay = 1
        	status_server = yes
        	allow_core_dumps = no
        }
        thread pool {
        	start_servers = 5
        	max_servers = 32
        	min_spare_servers = 3
        	max_spare_servers = 10
        	max_requests_per_server = 0
        }
        modules {
        	pap {
        	}
        	files {
        		usersfile = ${confdir}/users
        	}
        }
        client bench {
        	ipaddr = 127.0.0.1
        	secret = "{{RadiusUsers.Secret}}"
        }
        server default {
        	listen {
        		type = auth
        		ipaddr = 127.0.0.1
        		port = {{port.ToString(CultureInfo.InvariantCulture)}}
        	}
        	authorize {
        		files
        		pap
        	}
        	authenticate {
        		Auth-Type PAP {
        			pap
        		}
        	}
        	post-auth {
        		update reply {
        			&Message-Authenticator := 0x00
        		}
        	}
        }

        """;

    [GeneratedRegex("Ready to process requests$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ready();
}
