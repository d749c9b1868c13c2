using Microsoft.Extensions.Options;
using NacGateway.Web.Gate.Probes;

namespace NacGateway.Web.Gate;

/// <summary>Checks what attributes cannot: listener, address lists, ports. Reports every error with its key and the remedy.</summary>
internal sealed class GateOptionsValidator : IValidateOptions<GateOptions>
{
    public ValidateOptionsResult Validate(string? name, GateOptions options)
    {
        List<string> errors = [];
        if (!ListenAddress.IsValid(options.Listen))
        {
            errors.Add($"Gate:Listen '{options.Listen}' is not ADDRESS:PORT. Write for example 0.0.0.0:8080 or [::]:8080.");
        }

        CheckPrefixes(errors, nameof(GateOptions.TrustedProxies), options.TrustedProxies);
        CheckPrefixes(errors, nameof(GateOptions.ProxyProtocolFrom), options.ProxyProtocolFrom);
        CheckPrefixes(errors, nameof(GateOptions.AllowedPrivateDestinations), options.AllowedPrivateDestinations);
        CheckPrefixes(errors, nameof(GateOptions.RefusedDestinations), options.RefusedDestinations);
        for (var i = 0; i < options.TunnelPorts.Count; i++)
        {
            if (options.TunnelPorts[i] is < 1 or > 65535)
            {
                errors.Add($"Gate:TunnelPorts:{i} is {options.TunnelPorts[i]}. Give a port from 1 to 65535.");
            }
        }

        if (options.Transparent && !OperatingSystem.IsLinux())
        {
            errors.Add("Gate:Transparent needs Linux: only its kernel hands over connections by TPROXY. Set it to false.");
        }

        if (ProbeTable.TryLoad(options.ProbeTable ?? ProbeTable.DefaultFile, out var probeErrors) is null)
        {
            errors.AddRange(probeErrors);
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void CheckPrefixes(List<string> errors, string key, IList<string> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (!AddressPrefix.TryParse(values[i], out _))
            {
                errors.Add($"Gate:{key}:{i} '{values[i]}' is no address and no prefix. Write for example 10.1.2.3 or 10.0.0.0/8.");
            }
        }
    }
}
