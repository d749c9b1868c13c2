using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace NacGateway.Core.Enforcement;

/// <summary>Refuses what the kernel would not take, or what would open more than was meant. Reports every error with its key and the remedy.</summary>
internal sealed class EnforcementOptionsValidator : IValidateOptions<EnforcementOptions>
{
    /// <summary>IFNAMSIZ without the end of the text.</summary>
    private const int LongestInterface = 15;

    public ValidateOptionsResult Validate(string? name, EnforcementOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> errors = [];
        if (!Enum.IsDefined(options.Mode))
        {
            errors.Add($"Enforcement:Mode {options.Mode} is not known; use ProxyOnly or Nftables.");
        }

        if (options is { Mode: EnforcementMode.Nftables, LanInterfaces.Count: 0 })
        {
            errors.Add("Enforcement:Mode is Nftables, and Enforcement:LanInterfaces names no interface. Set Enforcement:LanInterfaces:0 to the one behind which the devices are, such as eth1.");
        }

        CheckInterfaces(errors, nameof(options.LanInterfaces), options.LanInterfaces);
        CheckInterfaces(errors, nameof(options.MasqueradeInterfaces), options.MasqueradeInterfaces);
        for (var i = 0; i < options.MasqueradeInterfaces.Count; i++)
        {
            if (options.LanInterfaces.Contains(options.MasqueradeInterfaces[i], StringComparer.Ordinal))
            {
                errors.Add($"Enforcement:MasqueradeInterfaces:{i} '{options.MasqueradeInterfaces[i]}' is one of Enforcement:LanInterfaces, too. Name the interface to the Internet there, or remove it.");
            }
        }

        for (var i = 0; i < options.GatewayPorts.Count; i++)
        {
            if (!TryReadPort(options.GatewayPorts[i], out _, out _))
            {
                errors.Add($"Enforcement:GatewayPorts:{i} '{options.GatewayPorts[i]}' is no port. Write tcp/22 or udp/123.");
            }
        }

        for (var i = 0; i < options.Resolvers.Count; i++)
        {
            if (!IPAddress.TryParse(options.Resolvers[i], out _))
            {
                errors.Add($"Enforcement:Resolvers:{i} '{options.Resolvers[i]}' is no address. Write the address of a DNS server, such as 192.0.2.53.");
            }
        }

        CheckLeaseFiles(errors, options);
        if (!string.IsNullOrEmpty(options.DnsmasqFile) && !Path.IsPathFullyQualified(options.DnsmasqFile))
        {
            errors.Add($"Enforcement:DnsmasqFile '{options.DnsmasqFile}' is no full path. Write it from the root, such as /etc/dnsmasq.d/nacgateway-names.conf.");
        }

        if (options.DnsmasqReload.Count > 0 && string.IsNullOrEmpty(options.DnsmasqFile))
        {
            errors.Add("Enforcement:DnsmasqReload is set, and Enforcement:DnsmasqFile is not. Set the file, or remove the command.");
        }

        CheckRanges(errors, options);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>Reads <c>tcp/22</c>.</summary>
    internal static bool TryReadPort(string text, out string protocol, out int port)
    {
        protocol = "";
        port = 0;
        var parts = text.Split('/');
        if (parts.Length != 2 || parts[0].ToLowerInvariant() is not ("tcp" or "udp")
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)
        {
            return false;
        }

        protocol = parts[0].ToLowerInvariant();
        return true;
    }

    /// <summary>What Linux takes, without what nft's language gives a meaning: a star would stand for many, and a quote would end the text.</summary>
    internal static bool IsInterface(string text) =>
        text.Length is > 0 and <= LongestInterface && text is not ("." or "..") && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@');

    private static void CheckInterfaces(List<string> errors, string key, IList<string> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (!IsInterface(values[i]))
            {
                errors.Add($"Enforcement:{key}:{i} '{values[i]}' is no name of an interface. Write it as 'ip link' shows it: up to {LongestInterface} letters, digits, dots, dashes and underscores.");
            }
        }
    }

    private static void CheckLeaseFiles(List<string> errors, EnforcementOptions options)
    {
        for (var i = 0; i < options.LeaseFiles.Count; i++)
        {
            if (options.LeaseFiles[i].Path.Length == 0)
            {
                errors.Add($"Enforcement:LeaseFiles:{i}:Path is missing. Set it to the file of the DHCP server, such as /var/lib/misc/dnsmasq.leases.");
            }

            if (!Enum.IsDefined(options.LeaseFiles[i].Format))
            {
                errors.Add($"Enforcement:LeaseFiles:{i}:Format {options.LeaseFiles[i].Format} is not known; use Dnsmasq or Kea.");
            }
        }

        if (options is { LeaseFiles.Count: > 0, LanInterfaces.Count: 0 })
        {
            errors.Add("Enforcement:LeaseFiles is set, and Enforcement:LanInterfaces names no interface: a file alone does not tell who uses an address. Set Enforcement:LanInterfaces:0.");
        }
    }

    private static void CheckRanges(List<string> errors, EnforcementOptions options)
    {
        if (options.DnsQueriesPerSecond is < 1 or > 10_000)
        {
            errors.Add($"Enforcement:DnsQueriesPerSecond is {options.DnsQueriesPerSecond}; use 1 to 10000.");
        }

        if (options.CounterInterval < TimeSpan.FromSeconds(1) || options.CounterInterval > TimeSpan.FromMinutes(1))
        {
            errors.Add($"Enforcement:CounterInterval is {options.CounterInterval}; use 00:00:01 to 00:01:00.");
        }
    }
}
