using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using NacGateway.TestKit;
using NacGateway.Web.Hosting.Listeners;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>Certificates that serve, and that devices will not believe: each reason with its remedy, and none for one that is right.</summary>
public sealed class CertificateDoubtsTests : IDisposable
{
    private const string Host = "login.example.org";
    private static readonly Uri Url = new($"https://{Host}:8443/");
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly TemporaryFolder _folder = new();
    private readonly TestPki _pki = new("public authority");
    private readonly FakeTimeProvider _time = new(Now);

    public void Dispose()
    {
        _pki.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Host)]
    [InlineData("*.example.org")]
    public void A_right_certificate_raises_no_doubt(string name) => Assert.Empty(Find(Request(name)));

    [Fact]
    public void A_self_signed_one_is_believed_by_nobody()
    {
        using var certificate = Request(Host).Sign(issuer: null, Now.AddDays(-1), Now.AddDays(60));

        Assert.StartsWith("it is self-signed", Assert.Single(Find(certificate)), StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_an_authority_that_nobody_knows_is_believed_by_nobody()
    {
        using var unknown = new TestPki("authority of our own");
        using var certificate = Request(Host).Sign(unknown.Authority, Now.AddDays(-1), Now.AddDays(60));

        Assert.StartsWith("its authority, CN=authority of our own, is none that this machine knows", Assert.Single(Find(certificate, Url, unknown.Authority)), StringComparison.Ordinal);
        Assert.Contains("if that is an authority of your own", Assert.Single(Find(certificate)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_intermediate_is_named_and_one_in_the_file_is_enough()
    {
        var authority = Request("intermediate authority", isAuthority: true);
        using var intermediate = authority.Sign(_pki.Authority, Now.AddDays(-1), Now.AddDays(60));
        using var certificate = Request(Host).Sign(intermediate, Now.AddDays(-1), Now.AddDays(60));

        Assert.Matches("^CN=intermediate authority, which issued it, .* Append the intermediate certificates", Assert.Single(Find(certificate)));
        Assert.Empty(Find(certificate, Url, intermediate));
    }

    [Theory]
    [InlineData("https://portal.example.org/", "it is not for portal.example.org, the host of Portal:PublicUrl")]
    [InlineData("https://192.0.2.1:8443/", "it is not for 192.0.2.1")]
    [InlineData("https://[2001:db8::1]:8443/", "it is not for 2001:db8::1")]
    public void Another_host_than_that_of_the_public_url_is_named(string url, string expected)
    {
        using var certificate = Request(Host).Sign(_pki.Authority, Now.AddDays(-1), Now.AddDays(60));

        Assert.StartsWith(expected, Assert.Single(Find(certificate, new Uri(url))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_common_name_is_no_name()
    {
        using var key = Key();
        using var certificate = new Draft(new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256), key).Sign(_pki.Authority, Now.AddDays(-1), Now.AddDays(60));

        Assert.Contains("a common name does not count", Assert.Single(Find(certificate)), StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_among_the_names_count()
    {
        using var certificate = _pki.Issue("portal", ["192.0.2.1", "2001:db8::1"], Now.AddDays(20));

        Assert.Empty(Find(certificate, new Uri("https://192.0.2.1/")));
        Assert.Empty(Find(certificate, new Uri("https://[2001:db8::1]/")));
    }

    [Theory]
    [InlineData(13, 1)]
    [InlineData(15, 0)]
    public void An_end_within_two_weeks_is_named(int days, int doubts)
    {
        using var certificate = Request(Host).Sign(_pki.Authority, Now.AddDays(-1), Now.AddDays(days));
        var found = Find(certificate);

        Assert.Equal(doubts, found.Count);
        Assert.All(found, doubt => Assert.Contains("in less than 14 days. Renew it", doubt, StringComparison.Ordinal));
    }

    [Fact]
    public void A_begin_that_is_still_to_come_is_named()
    {
        using var certificate = Request(Host).Sign(_pki.Authority, Now.AddDays(2), Now.AddDays(60));

        Assert.StartsWith("it is not valid before ", Assert.Single(Find(certificate)), StringComparison.Ordinal);
    }

    [Fact]
    public void Usages_that_are_not_those_of_a_server_are_named()
    {
        using var key = RSA.Create(2048);
        var draft = new Draft(new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), key);
        draft.Content.CertificateExtensions.Add(Names(Host));
        draft.Content.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        draft.Content.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyEncipherment, critical: true));
        using var certificate = draft.Sign(_pki.Authority, Now.AddDays(-1), Now.AddDays(60));

        Assert.Collection(
            Find(certificate),
            doubt => Assert.Contains("does not name server authentication", doubt, StringComparison.Ordinal),
            doubt => Assert.Contains("does not allow digital signatures", doubt, StringComparison.Ordinal));
    }

    [Fact]
    public void A_short_key_is_named()
    {
        using var rsa = RSA.Create(1024);
        var request = new CertificateRequest($"CN={Host}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(Names(Host));
        using var certificate = new Draft(request, rsa).Sign(_pki.Authority, Now.AddDays(-1), Now.AddDays(60));

        Assert.StartsWith("its RSA key has 1024 bits", Assert.Single(Find(certificate)), StringComparison.Ordinal);
    }

    private static ECDsa Key() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static X509Extension Names(string name)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        return names.Build();
    }

    private static Draft Request(string name, bool isAuthority = false)
    {
        var key = Key();
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        if (isAuthority)
        {
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        }
        else
        {
            request.CertificateExtensions.Add(Names(name));
        }

        return new Draft(request, key);
    }

    private List<string> Find(Draft draft)
    {
        using var certificate = draft.Sign(_pki.Authority, Now.AddDays(-1), Now.AddDays(60));
        return Find(certificate);
    }

    private List<string> Find(X509Certificate2 certificate) => Find(certificate, Url);

    private List<string> Find(X509Certificate2 certificate, Uri url, params X509Certificate2[] beside)
    {
        var key = certificate.GetECDsaPrivateKey()?.ExportPkcs8PrivateKeyPem() ?? certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem();
        var chain = string.Join('\n', beside.Prepend(certificate).Select(each => each.ExportCertificatePem()));
        var loaded = ListenerCertificate.Load(_folder.Write("portal.pem", chain), _folder.Write("portal.key", key));
        return [.. CertificateDoubts.Find(loaded, url, _time, [_pki.Authority])];
    }

    /// <summary>A certificate that is still to be signed, with its key.</summary>
    private sealed record Draft(CertificateRequest Content, AsymmetricAlgorithm Key)
    {
        public X509Certificate2 Sign(X509Certificate2? issuer, DateTimeOffset from, DateTimeOffset until)
        {
            if (issuer is null)
            {
                return Content.CreateSelfSigned(from, until);
            }

            var generator = X509SignatureGenerator.CreateForECDsa(issuer.GetECDsaPrivateKey()!);
            using var bare = Content.Create(issuer.SubjectName, generator, from, until, RandomNumberGenerator.GetBytes(8));
            return Key switch
            {
                RSA rsa => bare.CopyWithPrivateKey(rsa),
                ECDsa key => bare.CopyWithPrivateKey(key),
                _ => throw new InvalidOperationException("The draft has no key."),
            };
        }
    }
}
