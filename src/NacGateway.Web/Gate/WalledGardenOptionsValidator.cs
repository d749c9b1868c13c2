using Microsoft.Extensions.Options;

namespace NacGateway.Web.Gate;

/// <summary>Checks each entry of the walled garden and reports every one that is wrong.</summary>
internal sealed class WalledGardenOptionsValidator : IValidateOptions<WalledGardenOptions>
{
    public ValidateOptionsResult Validate(string? name, WalledGardenOptions options)
    {
        List<string> errors = [];
        for (var i = 0; i < options.Hosts.Count; i++)
        {
            if (!AddressPrefix.TryParse(options.Hosts[i], out _) && !GardenName.TryParse(options.Hosts[i], out _))
            {
                errors.Add($"WalledGarden:Hosts:{i} '{options.Hosts[i]}' is no host name, address or prefix. Write for example pay.example, *.pay.example, 192.0.2.7 or 192.0.2.0/24, without a scheme, port or path.");
            }
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
