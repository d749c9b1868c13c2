using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NacGateway.TestKit;

/// <summary>An authority of the test's own and the certificates it issues; nothing outside the test trusts them.</summary>
public sealed class TestPki : IDisposable
{
    private readonly List<X509Certificate2> _issued = [];
    private readonly string _name;

    /// <summary>A new authority, valid now.</summary>
    public TestPki(string name = "test authority")
    {
        _name = name;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = TimeProvider.System.GetUtcNow();
        Authority = request.CreateSelfSigned(now.AddYears(-1), now.AddYears(1));
    }

    /// <summary>The authority's certificate with its key.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>Issues a certificate with key. Each name is a DNS name or an address among the subjectAltNames; without any there is only the common name.</summary>
    public X509Certificate2 Issue(string commonName, params string[] names) => Issue(commonName, names, TimeProvider.System.GetUtcNow().AddDays(1));

    /// <summary>Issues a certificate that ends, or has ended, at an instant.</summary>
    public X509Certificate2 Issue(string commonName, string[] names, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        if (names.Length > 0)
        {
            var alternative = new SubjectAlternativeNameBuilder();
            foreach (var name in names)
            {
                if (IPAddress.TryParse(name, out var address))
                {
                    alternative.AddIpAddress(address);
                }
                else
                {
                    alternative.AddDnsName(name);
                }
            }

            request.CertificateExtensions.Add(alternative.Build());
        }

        using var bare = request.Create(Authority, until.AddDays(-30), until, RandomNumberGenerator.GetBytes(8));
        var issued = bare.CopyWithPrivateKey(key);
        _issued.Add(issued);
        return issued;
    }

    /// <summary>Writes a certificate and its key as NAME.pem and NAME.key, and the authority as ca.pem; returns the three paths.</summary>
    public (string Certificate, string Key, string Authority) Write(TemporaryFolder folder, string name, X509Certificate2 certificate) =>
        (folder.Write($"{name}.pem", certificate.ExportCertificatePem()),
        folder.Write($"{name}.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()),
        folder.Write("ca.pem", Authority.ExportCertificatePem()));

    /// <inheritdoc/>
    public override string ToString() => _name;

    /// <inheritdoc/>
    public void Dispose()
    {
        Authority.Dispose();
        foreach (var certificate in _issued)
        {
            certificate.Dispose();
        }
    }
}
