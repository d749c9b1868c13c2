using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace NacGateway.TestKit.Network;

/// <summary>
/// One machine of a <see cref="NetLab"/>: a network namespace. Programs run in it by <c>ip netns exec</c>, sockets are made in it on a thread
/// that has entered it. Safe for concurrent use.
/// </summary>
public sealed class NetNamespace
{
    private readonly Lock _lock = new();
    private readonly List<ChildProcess> _children = [];

    internal NetNamespace(string name, string device) => (Name, Device) = (name, device);

    /// <summary>Name for <c>ip netns exec</c>.</summary>
    public string Name { get; }

    /// <summary>The interface by which its neighbours see it: <c>eth0</c> of a client and of the far side, <c>lan0</c> of the gateway.</summary>
    public string Device { get; }

    /// <summary>Hardware address of <see cref="Device"/>.</summary>
    public PhysicalAddress Mac { get; internal init; } = PhysicalAddress.None;

    /// <summary>IPv4 address of <see cref="Device"/> at the start.</summary>
    public IPAddress IPv4 { get; internal init; } = IPAddress.None;

    /// <summary>IPv6 address of <see cref="Device"/> at the start.</summary>
    public IPAddress IPv6 { get; internal init; } = IPAddress.IPv6None;

    /// <summary><see cref="Mac"/> as programs write it, such as <c>02:00:5e:00:00:01</c>.</summary>
    public string MacText => string.Join(':', Mac.GetAddressBytes().Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));

    /// <summary>Runs a program to its end. An end other than 0 is a result, not an exception.</summary>
    public async Task<CommandResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        string[] all = [.. arguments];
        await using var child = ChildProcess.Start(program, all, inside: this);
        var exit = await child.WaitForExitAsync(cancellationToken);
        return new CommandResult($"{Name}: {program} {string.Join(' ', all)}", exit, child.Output);
    }

    /// <summary>Starts a program that stays. It ends with the lab at the latest.</summary>
    public ChildProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? workingDirectory = null)
    {
        var child = ChildProcess.Start(program, arguments, environment, workingDirectory, this);
        lock (_lock)
        {
            _children.Add(child);
        }

        return child;
    }

    /// <summary>Runs synchronous code on a thread that is inside; the sockets it makes stay inside, wherever they are used.</summary>
    public Task<T> InsideAsync<T>(Func<T> work)
        => OperatingSystem.IsLinux() ? NamespaceThread.RunAsync($"/run/netns/{Name}", work) : throw new PlatformNotSupportedException();

    /// <summary>A TCP connection from here. Throws <see cref="SocketException"/> where it is refused or reset.</summary>
    public async Task<Socket> ConnectAsync(IPEndPoint to, CancellationToken cancellationToken)
    {
        var socket = await InsideAsync(() => new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        try
        {
            await socket.ConnectAsync(to, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>An HTTP client whose connections begin here: no proxy, no cookie, no redirect followed. Names are resolved by <paramref name="resolve"/> only.</summary>
    public SocketsHttpHandler CreateHttpHandler(Func<string, IPAddress> resolve) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var address = IPAddress.TryParse(context.DnsEndPoint.Host, out var literal) ? literal : resolve(context.DnsEndPoint.Host);
            return new NetworkStream(await ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellationToken), ownsSocket: true);
        },
    };

    /// <summary>Sets kernel settings such as <c>net.ipv4.ip_forward=1</c>, which are this namespace's own.</summary>
    public async Task SetKernelAsync(CancellationToken cancellationToken, params IEnumerable<string> settings)
        => (await RunAsync(Component.Require("sysctl", "procps"), ["-q", "-w", .. settings], cancellationToken)).OrThrow();

    /// <summary>Runs <c>ip</c> here, such as <c>route add default via 10.77.0.1</c>; throws with its output where it refuses.</summary>
    public async Task<string> IpAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        string[] all = ["-n", Name, .. arguments];
        await using var child = ChildProcess.Start(NetLab.Ip, all);
        return new CommandResult($"ip {string.Join(' ', all)}", await child.WaitForExitAsync(cancellationToken), child.Output).OrThrow();
    }

    /// <summary>Replaces all addresses of that family on <see cref="Device"/>; routes through the former are gone, unless a default <paramref name="gateway"/> is named.</summary>
    public async Task SetAddressAsync(IPAddress address, int prefixLength, IPAddress? gateway, CancellationToken cancellationToken)
    {
        var family = address.AddressFamily == AddressFamily.InterNetworkV6 ? "-6" : "-4";
        string[] noDetection = family == "-6" ? ["nodad"] : [];
        await IpAsync(cancellationToken, [family, "address", "flush", "dev", Device, "scope", "global"]);
        await IpAsync(cancellationToken, [family, "address", "add", string.Create(CultureInfo.InvariantCulture, $"{address}/{prefixLength}"), "dev", Device, .. noDetection]);
        if (gateway is not null)
        {
            await IpAsync(cancellationToken, [family, "route", "replace", "default", "via", gateway.ToString(), "dev", Device]);
        }
    }

    /// <summary>Gives <see cref="Device"/> another hardware address, as a device with a random one does.</summary>
    public Task SetMacAsync(string mac, CancellationToken cancellationToken) => IpAsync(cancellationToken, ["link", "set", Device, "address", mac]);

    /// <summary>Takes an interface up or down; null is <see cref="Device"/>.</summary>
    public Task SetLinkAsync(bool up, CancellationToken cancellationToken, string? device = null)
        => IpAsync(cancellationToken, ["link", "set", device ?? Device, up ? "up" : "down"]);

    /// <summary>Names are asked for there by programs that start here from now on.</summary>
    public void ResolveAt(IPAddress server)
    {
        // `ip netns exec` puts the files of this folder over those of /etc.
        Directory.CreateDirectory(Etc);
        File.WriteAllText(Path.Combine(Etc, "resolv.conf"), $"nameserver {server}\noptions timeout:2 attempts:2\n");
    }

    internal string Etc => $"/etc/netns/{Name}";

    internal string[] Enter(string program) => ["netns", "exec", Name, program];

    /// <summary>Ends the programs started here.</summary>
    internal async Task EndAsync()
    {
        ChildProcess[] children;
        lock (_lock)
        {
            children = [.. _children];
            _children.Clear();
        }

        foreach (var child in children)
        {
            await child.DisposeAsync();
        }
    }
}
