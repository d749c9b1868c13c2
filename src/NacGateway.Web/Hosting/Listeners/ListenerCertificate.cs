using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace NacGateway.Web.Hosting.Listeners;

/// <summary>A listener's certificate with its chain, read from PEM files once at start.</summary>
internal sealed class ListenerCertificate
{
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection _chain;

    private ListenerCertificate(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        _certificate = certificate;
        _chain = chain;
    }

    /// <summary>When it stops being valid.</summary>
    public DateTimeOffset NotAfter => new(_certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);

    /// <summary>The certificate itself.</summary>
    public X509Certificate2 Certificate => _certificate;

    /// <summary>What its file holds besides, which the listener sends along.</summary>
    public X509Certificate2Collection Chain => _chain;

    public static ListenerCertificate Load(string certificateFile, string keyFile)
    {
        var certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificateFile);
        return new ListenerCertificate(certificate, chain);
    }

    /// <summary>What is wrong with the files, with the key and the remedy; null when they serve.</summary>
    /// <param name="section">Section of the settings that names them.</param>
    /// <param name="certificateFile">Chain.</param>
    /// <param name="keyFile">Key.</param>
    /// <param name="time">Clock.</param>
    public static string? Problem(string section, string certificateFile, string keyFile, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        try
        {
            var notAfter = Load(certificateFile, keyFile).NotAfter;
            return notAfter > time.GetUtcNow() ? null : $"{section}:CertificateFile {certificateFile} expired at {notAfter:u}. Renew it: browsers refuse the sign-in page with it.";
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"{section}:CertificateFile {certificateFile} with {section}:CertificateKeyFile {keyFile} cannot be used: {exception.Message} Give a PEM chain and its unencrypted PEM key.";
        }
    }

    public void Apply(HttpsConnectionAdapterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ServerCertificate = _certificate;
        options.ServerCertificateChain = _chain;
        options.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        options.HandshakeTimeout = TimeSpan.FromSeconds(10);
    }
}
