using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using NacGateway.Web.Gate;

namespace NacGateway.Web.Portal;

/// <summary>What attributes cannot say about <see cref="PortalOptions"/>. Reports every error at once, each with its remedy.</summary>
internal sealed class PortalOptionsValidator : IValidateOptions<PortalOptions>
{
    public ValidateOptionsResult Validate(string? name, PortalOptions options)
    {
        List<string> errors = [];
        if (!ListenAddress.IsValid(options.Listen))
        {
            errors.Add($"Portal:Listen '{options.Listen}' is not ADDRESS:PORT. Write for example 0.0.0.0:8081 or [::]:8081.");
        }

        if (options.PublicUrl is { } address && (!IsWeb(address) || address.Query.Length > 0 || address.Fragment.Length > 0 || address.AbsolutePath.Trim('/') is not ("" or "portal")))
        {
            errors.Add($"Portal:PublicUrl '{address}' is not usable: give scheme, host and port only, such as https://login.example.org.");
        }

        for (var i = 0; i < options.ProxyProtocolFrom.Count; i++)
        {
            if (!AddressPrefix.TryParse(options.ProxyProtocolFrom[i], out _))
            {
                errors.Add($"Portal:ProxyProtocolFrom:{i} '{options.ProxyProtocolFrom[i]}' is no address and no prefix. Write for example 10.1.2.3 or 10.0.0.0/8.");
            }
        }

        CheckLink(errors, "Portal:ContinueUrl", options.ContinueUrl);
        CheckLink(errors, "Portal:PasswordUrl", options.PasswordUrl);
        if (!string.IsNullOrEmpty(options.ListenHttps))
        {
            if (!ListenAddress.IsValid(options.ListenHttps))
            {
                errors.Add($"Portal:ListenHttps '{options.ListenHttps}' is not ADDRESS:PORT. Write for example 0.0.0.0:8443 or [::]:8443.");
            }

            if (string.IsNullOrEmpty(options.CertificateFile) || string.IsNullOrEmpty(options.CertificateKeyFile))
            {
                errors.Add("Portal:ListenHttps needs Portal:CertificateFile and Portal:CertificateKeyFile: set both, or remove ListenHttps.");
            }

            if (options.PublicUrl is { IsAbsoluteUri: true } url && url.Scheme != Uri.UriSchemeHttps)
            {
                errors.Add("Portal:PublicUrl is http although Portal:ListenHttps is set: make it https, or passwords cross the network in the clear.");
            }
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void CheckLink(List<string> errors, string key, Uri? url)
    {
        if (url is not null && !IsWeb(url))
        {
            errors.Add($"{key} '{url}' is not usable: give an absolute http or https URL without user name, or leave it out.");
        }
    }

    /// <summary>Mini-browsers open http and https only; anything else would also be a way to run script.</summary>
    private static bool IsWeb([NotNullWhen(true)] Uri? url) =>
        url is { IsAbsoluteUri: true, UserInfo.Length: 0 } && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
}
