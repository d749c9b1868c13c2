using Microsoft.Extensions.Options;
using NacGateway.Core.Enforcement;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Authentication;

/// <summary>Refuses addresses that no device has, and a list where no device is known.</summary>
internal sealed class MacBypassOptionsValidator(IOptions<EnforcementOptions> enforcement) : IValidateOptions<MacBypassOptions>
{
    public ValidateOptionsResult Validate(string? name, MacBypassOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> errors = [];
        HashSet<MacAddress> seen = [];
        for (var i = 0; i < options.Devices.Count; i++)
        {
            var written = options.Devices[i].Address;
            if (!MacAddress.TryParse(written, out var mac) || mac.IsGroupOrNone)
            {
                errors.Add($"MacBypass:Devices:{i}:Address '{written}' is no MAC address of a device. Write it as 02:00:5e:00:00:01.");
            }
            else if (!seen.Add(mac))
            {
                errors.Add($"MacBypass:Devices:{i}:Address '{written}' is on the list already. Remove one.");
            }
        }

        if ((options.Devices.Count > 0 || options.Radius) && IsWithoutDevices())
        {
            errors.Add("MacBypass is set, and no MAC address is learnt. Set Enforcement:LanInterfaces:0 to the interface behind which the devices are.");
        }

        if (options.RejectedFor < TimeSpan.FromSeconds(10) || options.RejectedFor > TimeSpan.FromDays(1))
        {
            errors.Add($"MacBypass:RejectedFor is {options.RejectedFor}; use 00:00:10 to 1.00:00:00.");
        }

        if (options.RequestsPerSecond is < 1 or > 1000)
        {
            errors.Add($"MacBypass:RequestsPerSecond is {options.RequestsPerSecond}; use 1 to 1000.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private bool IsWithoutDevices()
    {
        try
        {
            return enforcement.Value.LanInterfaces.Count == 0;
        }
        catch (OptionsValidationException)
        {
            // Told by its own validator.
            return false;
        }
    }
}
