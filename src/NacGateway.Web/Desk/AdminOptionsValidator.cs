using System.Net;
using Microsoft.Extensions.Options;
using NacGateway.Core.Administration;
using NacGateway.Web.Gate;

namespace NacGateway.Web.Desk;

/// <summary>Checks what attributes cannot. Reports every error at once, each with its remedy.</summary>
internal sealed class AdminOptionsValidator : IValidateOptions<AdminOptions>
{
    public ValidateOptionsResult Validate(string? name, AdminOptions options)
    {
        List<string> errors = [];
        CheckListener(options, errors);
        foreach (var host in options.PublicHosts.Where(host => !IsName(host)))
        {
            errors.Add($"Admin:PublicHosts '{host}' is no name. Write for example nac.example.org, or nac.example.org:8082.");
        }

        if (!RoleMap.TryParse(options.Roles.Select(line => (line.Attribute, line.Role)), out _, out var problems))
        {
            errors.AddRange(problems);
        }

        CheckTime(errors, "Admin:SessionLifetime", options.SessionLifetime, TimeSpan.FromMinutes(5), TimeSpan.FromDays(30));
        CheckTime(errors, "Admin:IdleTimeout", options.IdleTimeout, TimeSpan.FromMinutes(5), TimeSpan.FromDays(1));
        CheckTime(errors, "Admin:RejectDelay", options.RejectDelay, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>A name or address, with a port or without; a URL would be read as the host "https" with a strange port.</summary>
    private static bool IsName(string host) =>
        host.Length > 0 && !host.Contains('/', StringComparison.Ordinal) && new HostString(host) is { HasValue: true } parsed && Uri.CheckHostName(parsed.Host.Trim('[', ']')) != UriHostNameType.Unknown;

    private static void CheckListener(AdminOptions options, List<string> errors)
    {
        var hasCertificate = !string.IsNullOrEmpty(options.CertificateFile);
        if (hasCertificate == string.IsNullOrEmpty(options.CertificateKeyFile))
        {
            errors.Add("Admin:CertificateFile and Admin:CertificateKeyFile belong together: set both, or neither.");
        }

        if (!ListenAddress.IsValid(options.Listen))
        {
            errors.Add($"Admin:Listen '{options.Listen}' is not ADDRESS:PORT. Write for example 127.0.0.1:8082 or [::1]:8082.");
        }
        else if (!hasCertificate && !options.AllowPlainHttp && !IPAddress.IsLoopback(IPEndPoint.Parse(options.Listen).Address))
        {
            errors.Add($"Admin:Listen {options.Listen} is reached by other machines, so passwords of administrators need https: set Admin:CertificateFile and Admin:CertificateKeyFile, or listen on 127.0.0.1. Behind a proxy that ends TLS set Admin:AllowPlainHttp.");
        }
    }

    private static void CheckTime(List<string> errors, string key, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            errors.Add($"{key} is {value}. Write a time from {least} to {most}.");
        }
    }
}
