using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace NacGateway.Web.Observability.Syslog;

/// <summary>Names every error of the section at once, each with its key and what to do.</summary>
internal sealed class SyslogOptionsValidator : IValidateOptions<SyslogOptions>
{
    public ValidateOptionsResult Validate(string? name, SyslogOptions options)
    {
        List<string> errors = [];
        if (options.Server.Length > 0 && !SyslogAddress.TryParse(options.Server, out _))
        {
            errors.Add($"Syslog:Server '{options.Server}' is not HOST:PORT. Write for example log.example.org:6514, 192.0.2.9:514 or [2001:db8::9]:514, or nothing to switch it off.");
        }

        if (!Enum.IsDefined(options.Transport))
        {
            errors.Add("Syslog:Transport is none. Write Udp, Tcp or Tls.");
        }

        if (!Enum.IsDefined(options.Facility))
        {
            errors.Add($"Syslog:Facility is none. Write {string.Join(", ", Enum.GetNames<SyslogFacility>())}.");
        }

        if (options.Server.Length > 0 && !options.Sessions && !options.Refusals && !options.Audit)
        {
            errors.Add("Syslog:Server is set, and nothing is to be sent there: Syslog:Sessions, Syslog:Refusals and Syslog:Audit are all false. Set one of them, or remove the server.");
        }

        Name(options.HostName, "HostName", SyslogFormat.LongestHostName, mayBeEmpty: true, errors);
        Name(options.AppName, "AppName", SyslogFormat.LongestAppName, mayBeEmpty: false, errors);
        if (options.EnterpriseNumber < 1)
        {
            errors.Add("Syslog:EnterpriseNumber is not a private enterprise number. Write the one that IANA gave to your organisation, or remove the key.");
        }

        Certificates(options, errors);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void Name(string value, string key, int longest, bool mayBeEmpty, List<string> errors)
    {
        if (value.Length > longest || (value.Length == 0 && !mayBeEmpty) || value.Any(character => character is <= ' ' or >= (char)127))
        {
            errors.Add($"Syslog:{key} must be 1 to {longest} printable ASCII characters without a space (RFC 5424 section 6.2).");
        }
    }

    private static void Certificates(SyslogOptions options, List<string> errors)
    {
        if (options.Transport != SyslogTransport.Tls)
        {
            foreach (var (key, value) in new[] { ("TrustedCertificatesFile", options.TrustedCertificatesFile), ("CertificateFile", options.CertificateFile), ("CertificateKeyFile", options.CertificateKeyFile) })
            {
                if (value.Length > 0)
                {
                    errors.Add($"Syslog:{key} is set, and Syslog:Transport is {options.Transport}, which knows no certificates. Write Tls, or remove the file.");
                }
            }

            return;
        }

        if (options.TrustedCertificatesFile.Length > 0 && Problem(() => SyslogCertificates.Trusted(options)) is { } trusted)
        {
            errors.Add($"Syslog:TrustedCertificatesFile '{options.TrustedCertificatesFile}' cannot be used: {trusted} Name a PEM file with the authority that issues the server's certificate.");
        }

        if ((options.CertificateFile.Length > 0) != (options.CertificateKeyFile.Length > 0))
        {
            errors.Add("Of Syslog:CertificateFile and Syslog:CertificateKeyFile only one is set. Set both, or neither.");
        }
        else if (options.CertificateFile.Length > 0 && Problem(() => SyslogCertificates.Own(options)) is { } own)
        {
            errors.Add($"Syslog:CertificateFile '{options.CertificateFile}' with Syslog:CertificateKeyFile '{options.CertificateKeyFile}' cannot be used: {own} Give a PEM certificate and its unencrypted PEM key.");
        }
    }

    private static string? Problem(Func<X509Certificate2Collection> load)
    {
        try
        {
            var found = load();
            foreach (var certificate in found)
            {
                certificate.Dispose();
            }

            return found.Count == 0 ? "it holds no certificate." : null;
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return exception.Message;
        }
    }
}
