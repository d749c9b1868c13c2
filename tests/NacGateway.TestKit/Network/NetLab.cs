using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography;

namespace NacGateway.TestKit.Network;

/// <summary>
/// A network of its own on one machine, of network namespaces and virtual cables: clients on a switch, the gateway between them and the far
/// side. It forwards both families without address translation, and nothing in it reaches outside. Needs root; <see cref="Missing"/> tells.
/// <code>
/// client eth0 ──┐
/// client eth0 ──┴ switch ── lan0 gateway wan0 ── eth0 internet
/// 10.77.0.11, ...          10.77.0.1  198.51.100.1    198.51.100.2
/// fd77::11, ...            fd77::1    2001:db8:64::1  2001:db8:64::2
/// </code>
/// </summary>
public sealed class NetLab : IAsyncDisposable
{
    /// <summary>The most clients that the addressing plan has room for.</summary>
    public const int MostClients = 200;

    private static readonly Lazy<string?> Refusal = new(FindMissing);
    private readonly string _prefix = "nl" + RandomNumberGenerator.GetHexString(6, lowercase: true);
    private readonly TemporaryFolder _folder = new("lab");
    private readonly List<NetNamespace> _made = [];

    private NetLab(int clients)
    {
        Gateway = new NetNamespace($"{_prefix}-gw", "lan0") { Mac = MacOf(1, 1), IPv4 = IPAddress.Parse("10.77.0.1"), IPv6 = IPAddress.Parse("fd77::1") };
        Internet = new NetNamespace($"{_prefix}-inet", "eth0") { Mac = MacOf(2, 2), IPv4 = IPAddress.Parse("198.51.100.2"), IPv6 = IPAddress.Parse("2001:db8:64::2") };
        Switch = new NetNamespace($"{_prefix}-switch", "br0");
        Clients = [.. Enumerable.Range(1, clients).Select(number => new NetNamespace(Text($"{_prefix}-c{number}"), "eth0")
        {
            Mac = MacOf(0, (byte)number),
            IPv4 = IPAddress.Parse(Text($"10.77.0.{10 + number}")),
            IPv6 = IPAddress.Parse(Text($"fd77::{10 + number}")),
        })];
    }

    /// <summary>Null where labs can be made, else the reason why not, for <c>Assert.SkipWhen</c>.</summary>
    public static string? Missing => Refusal.Value;

    /// <summary>The router: <c>lan0</c> to the clients, <c>wan0</c> to the far side.</summary>
    public NetNamespace Gateway { get; }

    /// <summary>The far side: whatever the clients want to reach.</summary>
    public NetNamespace Internet { get; }

    /// <summary>Bridge <c>br0</c> with port <c>p1</c> for the first client and so on, and <c>gw</c>.</summary>
    public NetNamespace Switch { get; }

    /// <summary>The devices, with the hardware addresses 02:00:5e:00:00:01 and so on.</summary>
    public IReadOnlyList<NetNamespace> Clients { get; }

    internal static string Ip => Component.Require("ip", "iproute2");

    /// <summary>Makes the network; every address answers when this returns. What was made is removed again where it fails half-way.</summary>
    public static async Task<NetLab> CreateAsync(int clients, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(clients);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clients, MostClients);
        var lab = new NetLab(clients);
        try
        {
            await lab.BuildAsync(cancellationToken);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var each in _made)
        {
            await each.EndAsync();
            await using var delete = ChildProcess.Start(Ip, ["netns", "delete", each.Name]);
            await delete.WaitForExitAsync(CancellationToken.None); // Of one that was never made there is nothing to delete.
            if (Directory.Exists(each.Etc))
            {
                Directory.Delete(each.Etc, recursive: true);
            }
        }

        _made.Clear();
        _folder.Dispose();
    }

    private async Task BuildAsync(CancellationToken cancellationToken)
    {
        // 1. All namespaces. They are remembered before they are made, so that none outlives a failure.
        _made.AddRange([Gateway, Internet, Switch, .. Clients]);
        await BatchAsync(null, _made.Select(each => $"netns add {each.Name}"), cancellationToken);

        // 2. No duplicate address detection: an address answers at once. Before the interfaces, which copy it.
        await Parallel.ForEachAsync(_made, cancellationToken, async (each, cancel) => await each.SetKernelAsync(
            cancel, "net.ipv6.conf.default.accept_dad=0", "net.ipv6.conf.default.dad_transmits=0", "net.ipv6.conf.all.disable_ipv6=0", "net.ipv6.conf.default.disable_ipv6=0"));
        await Gateway.SetKernelAsync(cancellationToken, "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");

        // 3. The cables, between namespaces from the start: no name can meet one of the machine's own.
        await BatchAsync(
            null,
            [
                Cable(Gateway, "lan0", Gateway.Mac, Switch, "gw"),
                Cable(Gateway, "wan0", MacOf(2, 1), Internet, "eth0", Internet.Mac),
                .. Clients.Select((client, index) => Cable(client, "eth0", client.Mac, Switch, Text($"p{index + 1}"))),
            ],
            cancellationToken);

        // 4. Addresses and routes.
        await BatchAsync(Switch, SwitchLines(), cancellationToken);
        await BatchAsync(
            Gateway,
            ["link set lo up", .. Addresses("lan0", "10.77.0.1/24", "fd77::1/64"), .. Addresses("wan0", "198.51.100.1/24", "2001:db8:64::1/64")],
            cancellationToken);
        await BatchAsync(
            Internet,
            [
                "link set lo up",
                .. Addresses("eth0", "198.51.100.2/24", "2001:db8:64::2/64"),
                "route add 10.77.0.0/24 via 198.51.100.1",
                "route add fd77::/64 via 2001:db8:64::1",
            ],
            cancellationToken);
        await Parallel.ForEachAsync(Clients, cancellationToken, async (client, cancel) => await BatchAsync(
            client,
            [
                "link set lo up",
                .. Addresses("eth0", $"{client.IPv4}/24", $"{client.IPv6}/64"),
                "route add default via 10.77.0.1",
                "route add default via fd77::1",
            ],
            cancel));
    }

    private IEnumerable<string> SwitchLines() =>
    [
        // Neither a spanning tree nor a look into multicast: both take seconds before the first packet passes.
        "link add br0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0",
        "link set br0 up",
        .. Clients.Select((_, index) => Text($"p{index + 1}")).Append("gw").SelectMany(port => (string[])[$"link set {port} master br0", $"link set {port} up"]),
    ];

    private static string Cable(NetNamespace left, string leftDevice, PhysicalAddress leftMac, NetNamespace right, string rightDevice, PhysicalAddress? rightMac = null)
        => $"link add {leftDevice} address {Text(leftMac)} netns {left.Name} type veth peer name {rightDevice} {(rightMac is null ? "" : $"address {Text(rightMac)} ")}netns {right.Name}";

    private static string[] Addresses(string device, string version4, string version6) =>
    [
        $"link set {device} up",
        $"address add {version4} dev {device}",
        $"address add {version6} dev {device} nodad",
    ];

    private async Task BatchAsync(NetNamespace? inside, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        var file = _folder.Write($"{inside?.Name ?? "outside"}.batch", string.Join('\n', lines) + "\n");
        string[] where = inside is null ? [] : ["-n", inside.Name];
        await ChildProcess.RunAsync(Ip, [.. where, "-batch", file], cancellationToken);
    }

    private static string? FindMissing()
    {
        const string Refused = "This machine does not let the tests make network namespaces";
        if (!OperatingSystem.IsLinux())
        {
            return $"{Refused}: it is not Linux";
        }

        if (!Environment.IsPrivilegedProcess)
        {
            return $"{Refused}: they do not run as root";
        }

        if (Component.Find("ip") is null)
        {
            return $"{Refused}: ip is not installed (Debian package iproute2)";
        }

        return NamespaceThread.WhyNot() is { } why ? $"{Refused}: {why}" : null;
    }

    private static PhysicalAddress MacOf(byte kind, byte number) => new([0x02, 0x00, 0x5e, 0x00, kind, number]);

    private static string Text(PhysicalAddress mac) => string.Join(':', mac.GetAddressBytes().Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
