using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using NacGateway.TestKit;
using NacGateway.Web.Hosting.Listeners;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>The portal's certificate: what serves, and what is refused with which words.</summary>
public sealed class ListenerCertificateTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Now);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_certificate_with_its_key_serves()
    {
        var (certificate, key) = Write("one", Now.AddDays(90));

        Assert.Null(ListenerCertificate.Problem("Portal", certificate, key, _time));
        Assert.Equal(Now.AddDays(90), ListenerCertificate.Load(certificate, key).NotAfter);
    }

    [Fact]
    public void An_expired_certificate_is_refused()
    {
        var (certificate, key) = Write("one", Now.AddDays(-1));

        Assert.Contains("expired at 2026-05-31", ListenerCertificate.Problem("Portal", certificate, key, _time), StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_of_another_certificate_is_refused()
    {
        var (certificate, _) = Write("one", Now.AddDays(90));
        var (_, otherKey) = Write("two", Now.AddDays(90));

        Assert.Contains("cannot be used", ListenerCertificate.Problem("Portal", certificate, otherKey, _time), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var missing = Path.Combine(_folder.FullName, "nowhere.pem");

        Assert.Contains(missing, ListenerCertificate.Problem("Portal", missing, missing, _time), StringComparison.Ordinal);
    }

    private (string Certificate, string Key) Write(string name, DateTimeOffset notAfter)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=login.example.org", key, HashAlgorithmName.SHA256).CreateSelfSigned(notAfter.AddDays(-100), notAfter);
        return (_folder.Write($"{name}.pem", certificate.ExportCertificatePem()), _folder.Write($"{name}.key", key.ExportPkcs8PrivateKeyPem()));
    }
}
