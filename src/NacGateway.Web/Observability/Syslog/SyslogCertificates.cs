using System.Security.Cryptography.X509Certificates;

namespace NacGateway.Web.Observability.Syslog;

/// <summary>The certificates of the settings, read each time they are used, so that renewed ones count from the next connection on.</summary>
internal static class SyslogCertificates
{
    /// <summary>Authorities that may have issued the server's certificate; none for those that the machine trusts.</summary>
    public static X509Certificate2Collection Trusted(SyslogOptions options)
    {
        var authorities = new X509Certificate2Collection();
        if (options.TrustedCertificatesFile.Length > 0)
        {
            authorities.ImportFromPemFile(options.TrustedCertificatesFile);
        }

        return authorities;
    }

    /// <summary>What the gateway shows; none if it has none.</summary>
    public static X509Certificate2Collection Own(SyslogOptions options) =>
        options.CertificateFile.Length == 0 ? [] : [X509Certificate2.CreateFromPemFile(options.CertificateFile, options.CertificateKeyFile)];
}
