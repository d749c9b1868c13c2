using System.Net;
using System.Text;

namespace NacGateway.TestKit.Network;

/// <summary>Real DHCP clients. They ask as devices do; what they learn is returned and changes nothing in the namespace.</summary>
public static class DhcpClients
{
    private const string Word = "learned ";

    /// <summary>DHCPv4 by udhcpc, which asks for option 114.</summary>
    public static async Task<DhcpAnswer> AskIPv4Async(NetNamespace device, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder("udhcpc");
        var script = Script(folder, $"[ \"$1\" != bound ] || printf '{Word}%s %s\\n' \"$ip\" \"$opt114\"");
        var result = await device.RunAsync(
            Component.Require("udhcpc", "udhcpc"), ["-i", device.Device, "-f", "-q", "-n", "-t", "5", "-T", "1", "-O", "114", "-s", script], cancellationToken);
        var learned = Learned(result);

        // The option is one that udhcpc knows no name for: it hands it on in hexadecimal digits.
        return new DhcpAnswer(IPAddress.Parse(learned[0]), learned is [_, { Length: > 0 } digits] ? Encoding.ASCII.GetString(Convert.FromHexString(digits)) : null);
    }

    /// <summary>DHCPv6 by dhclient, without an address, as a device with addresses of its own choice does (RFC 8415 section 6.1); asks for option 103.</summary>
    public static async Task<DhcpAnswer> AskIPv6Async(NetNamespace device, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder("dhclient");
        var configuration = folder.Write("dhclient.conf", "option dhcp6.captive-portal code 103 = text;\nalso request dhcp6.captive-portal;\n");
        var script = Script(folder, $"[ -z \"$new_dhcp6_captive_portal\" ] || printf '{Word}%s\\n' \"$new_dhcp6_captive_portal\"");
        var result = await device.RunAsync(
            Component.Require("dhclient", "isc-dhcp-client"),
            ["-6", "-S", "-1", "-d", "-cf", configuration, "-lf", folder["leases"], "-pf", folder["pid"], "-sf", script, device.Device],
            cancellationToken);
        return new DhcpAnswer(null, Learned(result)[0]);
    }

    private static string[] Learned(CommandResult result)
        => result.Output.Split('\n').FirstOrDefault(line => line.StartsWith(Word, StringComparison.Ordinal))?[Word.Length..].Split(' ')
            ?? throw new InvalidOperationException($"{result.Command} learned nothing:\n{result.Output}");

    private static string Script(TemporaryFolder folder, string line)
    {
        var file = folder.Write("script", $"#!/bin/sh\n{line}\nexit 0\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return file;
    }
}
