using System.Globalization;

namespace NacGateway.TestKit.Network;

/// <summary>A desktop's NetworkManager in a namespace of a lab, with a message bus of its own: what it thinks of the network is what GNOME and KDE show.</summary>
public sealed class NetworkManagerDevice : IAsyncDisposable
{
    private const string Connection = "2d1b7c7e-7f5f-4a1f-9d0a-0d4c4f1b8a01";

    /// <summary>
    /// <c>ip netns exec</c> has given this process mounts of its own. NetworkManager takes a /sys that can be written for a sign that udev
    /// will come and name the interfaces, and waits for it; and what it writes down must not meet that of the machine's own.
    /// </summary>
    private const string Prepare = """
        set -e
        mount -o remount,ro /sys
        mount -t tmpfs tmpfs /run
        mount -t tmpfs tmpfs /var/lib/NetworkManager
        exec "$@"
        """;

    private readonly NetNamespace _device;
    private readonly TemporaryFolder _folder;
    private readonly List<ChildProcess> _children = [];

    private NetworkManagerDevice(NetNamespace device, TemporaryFolder folder) => (_device, _folder) = (device, folder);

    private string Bus => $"unix:path={_folder["bus"]}";

    /// <summary>Starts it and lets it set up the device's connection, with the addresses that it has.</summary>
    /// <param name="device">The namespace.</param>
    /// <param name="gateway">Default gateway and name server.</param>
    /// <param name="probe">What it asks to learn whether the network is open.</param>
    /// <param name="expected">How the answer begins when it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<NetworkManagerDevice> StartAsync(NetNamespace device, NetNamespace gateway, Uri probe, string expected, CancellationToken cancellationToken)
    {
        var manager = new NetworkManagerDevice(device, new TemporaryFolder("networkmanager"));
        try
        {
            manager.Configure(gateway, probe, expected);
            await manager.StartAsync(cancellationToken);
            return manager;
        }
        catch
        {
            await manager.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks it to look at the network now: <c>none</c>, <c>portal</c>, <c>limited</c>, <c>full</c> or <c>unknown</c>.</summary>
    public async Task<string> CheckAsync(CancellationToken cancellationToken)
        => (await AskAsync(["-t", "networking", "connectivity", "check"], cancellationToken)).Trim();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var child in Enumerable.Reverse(_children))
        {
            await child.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var bus = _device.Start(
            Component.Require("dbus-daemon", "dbus"), ["--config-file", _folder["dbus.conf"], "--nofork", "--nopidfile", "--print-address=1"]);
        _children.Add(bus);
        await bus.WaitForLineAsync(line => line.StartsWith("unix:", StringComparison.Ordinal), cancellationToken);

        var manager = _device.Start(
            "/bin/sh",
            [
                "-c", Prepare, "prepare", Component.Require("NetworkManager", "network-manager", "/usr/sbin/NetworkManager"), "--debug",
                "--config", _folder["NetworkManager.conf"], "--config-dir", _folder["none"], "--system-config-dir", _folder["none"],
                "--intern-config", _folder["intern.conf"], "--state-file", _folder["state"], "--pid-file", _folder["pid"],
            ],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["DBUS_SYSTEM_BUS_ADDRESS"] = Bus });
        _children.Add(manager);
        await manager.WaitForLineAsync(line => line.Contains("startup complete", StringComparison.Ordinal), cancellationToken);
        await AskAsync(["--wait", "20", "connection", "up", "uuid", Connection], cancellationToken);
    }

    private async Task<string> AskAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var nmcli = Component.Require("nmcli", "network-manager");
        return (await _device.RunAsync("env", [$"DBUS_SYSTEM_BUS_ADDRESS={Bus}", nmcli, .. arguments], cancellationToken)).OrThrow();
    }

    private void Configure(NetNamespace gateway, Uri probe, string expected)
    {
        _folder.Write("dbus.conf", $"""
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <type>system</type>
              <listen>{Bus}</listen>
              <auth>EXTERNAL</auth>
              <policy context="default">
                <allow send_destination="*" eavesdrop="true"/>
                <allow eavesdrop="true"/>
                <allow own="*"/>
                <allow user="*"/>
                <allow send_type="method_call"/>
              </policy>
            </busconfig>
            """);
        _folder.Write("NetworkManager.conf", $"""
            [main]
            plugins=keyfile
            dhcp=internal
            dns=none
            auth-polkit=false
            [keyfile]
            path={_folder["connections"]}
            [connectivity]
            uri={probe}
            response={expected}
            interval=300
            """);
        var connection = _folder.Write("connections/lab.nmconnection", string.Create(CultureInfo.InvariantCulture, $"""
            [connection]
            id=lab
            uuid={Connection}
            type=ethernet
            interface-name={_device.Device}
            [ipv4]
            method=manual
            address1={_device.IPv4}/24,{gateway.IPv4}
            [ipv6]
            method=manual
            address1={_device.IPv6}/64,{gateway.IPv6}

            """));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(connection, UnixFileMode.UserRead | UnixFileMode.UserWrite); // NetworkManager reads no other.
        }
    }
}
