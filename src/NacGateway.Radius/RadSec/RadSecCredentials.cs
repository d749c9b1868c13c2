using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NacGateway.Radius.RadSec;

/// <summary>
/// What one end of a RadSec connection shows and what it believes: its own certificate with key and chain, and its own list of
/// authorities. The machine's list is never used, or any public authority could make a RADIUS server. Immutable, safe for concurrent use.
/// </summary>
public sealed class RadSecCredentials
{
    private readonly X509Certificate2[] _trusted;

    /// <summary>Credentials of certificates that are loaded already; the caller keeps ownership and does not dispose of them.</summary>
    /// <param name="certificate">Our certificate with its private key.</param>
    /// <param name="chain">Intermediate certificates that are sent with it; may be empty.</param>
    /// <param name="trusted">Authorities that may have issued the peer's certificate; empty where only a pin counts.</param>
    /// <exception cref="ArgumentException">The certificate has no private key.</exception>
    public RadSecCredentials(X509Certificate2 certificate, X509Certificate2Collection chain, X509Certificate2Collection trusted)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(trusted);
        if (!certificate.HasPrivateKey)
        {
            throw new ArgumentException("The certificate has no private key.", nameof(certificate));
        }

        Own = SslStreamCertificateContext.Create(certificate, chain, offline: true);
        _trusted = [.. trusted];
    }

    /// <summary>Whether any authority is trusted.</summary>
    public bool HasTrust => _trusted.Length > 0;

    /// <summary>When our certificate ends (UTC).</summary>
    public DateTimeOffset Ends => new(Own.TargetCertificate.NotAfter.ToUniversalTime());

    internal SslStreamCertificateContext Own { get; }

    /// <summary>Reads PEM files. Nothing of their content is in the message.</summary>
    /// <param name="certificateFile">Our certificate, followed by its intermediates.</param>
    /// <param name="keyFile">Its private key, without passphrase.</param>
    /// <param name="trustedFile">The authorities; null where only a pin counts.</param>
    /// <param name="credentials">What was read, or null.</param>
    /// <param name="problem">Which of the files is at fault (<c>CertificateFile</c>, <c>CertificateKeyFile</c>, <c>TrustedCertificatesFile</c>) and what to do, or null.</param>
    /// <returns>Whether all could be read.</returns>
    public static bool TryLoad(string certificateFile, string keyFile, string? trustedFile, [NotNullWhen(true)] out RadSecCredentials? credentials, [NotNullWhen(false)] out string? problem)
    {
        credentials = null;
        if (TryRead(certificateFile, "CertificateFile", "the certificate chain in PEM", out X509Certificate2Collection? chain) is { } noCertificate)
        {
            problem = noCertificate;
            return false;
        }

        X509Certificate2Collection? trusted = [];
        if (trustedFile is not null && TryRead(trustedFile, "TrustedCertificatesFile", "the trusted authorities in PEM", out trusted) is { } noTrust)
        {
            problem = noTrust;
            return false;
        }

        try
        {
            X509Certificate2 own = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            chain!.RemoveAt(0);
            credentials = new RadSecCredentials(own, chain, trusted!);
            problem = null;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or NotSupportedException)
        {
            problem = $"CertificateKeyFile '{keyFile}' cannot be used: {exception.Message} Name a file that this process may read and that holds the private key of CertificateFile in PEM, without passphrase.";
            return false;
        }
    }

    /// <summary>How a peer's certificate is verified: our authorities and no others, nothing fetched from the network.</summary>
    internal X509ChainPolicy ChainPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        foreach (X509Certificate2 authority in _trusted)
        {
            policy.CustomTrustStore.Add(authority);
        }

        return policy;
    }

    private static string? TryRead(string file, string setting, string content, out X509Certificate2Collection? certificates)
    {
        certificates = [];
        string problem;
        try
        {
            certificates.ImportFromPemFile(file);
            if (certificates.Count > 0)
            {
                return null;
            }

            problem = "holds no certificate.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or NotSupportedException)
        {
            problem = $"cannot be read: {exception.Message}";
        }

        return $"{setting} '{file}' {problem} Name a file that this process may read and that holds {content}.";
    }
}
