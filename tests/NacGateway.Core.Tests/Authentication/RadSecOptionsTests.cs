using NacGateway.Core.Authentication;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

/// <summary>Radius:Servers:N with Transport=Tls: what is missing or wrong is named with its key.</summary>
public sealed class RadSecOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestPki _pki = new();

    [Fact]
    [Requirement("TLS-2")]
    public void Tls_needs_certificate_key_and_authority_but_no_secret()
    {
        Assert.Empty(Errors(Good()));

        var failures = Errors(new RadiusServerOptions { Name = "first", Host = "radius.example.org", Transport = RadiusTransport.Tls });

        string[] keys = ["0:CertificateFile is missing", "0:CertificateKeyFile is missing", "0:TrustedCertificatesFile is missing"];
        Assert.Equal(keys.Length, failures.Count);
        Assert.All(keys, key => Assert.Contains(failures, failure => failure.Contains(key, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("CertificateFile")]
    [InlineData("CertificateKeyFile")]
    [InlineData("TrustedCertificatesFile")]
    public void A_file_that_is_no_PEM_is_named_with_its_key(string key)
    {
        var server = Good();
        typeof(RadiusServerOptions).GetProperty(key)!.SetValue(server, _folder.Write("wrong", "not PEM"));

        Assert.Contains($"Radius:Servers:0:{key} '", Assert.Single(Errors(server)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_of_another_certificate_is_an_error()
    {
        var server = Good();
        server.CertificateKeyFile = _pki.Write(_folder, "another", _pki.Issue("another")).Key;

        Assert.Contains("Radius:Servers:0:CertificateKeyFile '", Assert.Single(Errors(server)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:11")]
    [InlineData("zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    [Requirement("TLS-5")]
    public void A_pin_that_is_no_sha256_is_an_error(string pin)
    {
        var server = Good();
        server.PinnedCertificate = pin;

        Assert.Contains("0:PinnedCertificate", Assert.Single(Errors(server)), StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("TLS-5")]
    public void A_pin_needs_no_authority_and_is_read_as_openssl_prints_it()
    {
        var server = Good();
        server.TrustedCertificatesFile = "";
        server.PinnedCertificate = string.Join(':', Enumerable.Range(0, 32).Select(octet => octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));

        Assert.True(RadSecConnection.TryCreate(server, "key", log: null, out var settings, out _));
        Assert.Equal(Enumerable.Range(0, 32).Select(octet => (byte)octet), settings.PinnedCertificate.ToArray());
    }

    [Fact]
    [Requirement("TLS-4")]
    public void The_name_that_is_checked_is_the_host_unless_another_is_set()
    {
        var server = Good();
        Assert.True(RadSecConnection.TryCreate(server, "key", log: null, out var byHost, out _));
        server.ServerName = "aaa.example.org";
        Assert.True(RadSecConnection.TryCreate(server, "key", log: null, out var byName, out _));

        Assert.Equal(("radius.example.org", "aaa.example.org"), (byHost.ServerName, byName.ServerName));
    }

    [Fact]
    [Requirement("TCP-2")]
    public void One_host_may_be_a_server_by_udp_and_another_by_tls()
    {
        var byTls = Good();
        var byUdp = new RadiusServerOptions { Name = "second", Host = byTls.Host, Secret = "a secret of some length", AuthenticationPort = byTls.TlsPort };

        Assert.Empty(Errors(byTls, byUdp));
    }

    [Fact]
    [Requirement("RMS-8")]
    public void Ms_chap_needs_no_leave_inside_tls()
    {
        var server = Good();
        server.Method = LoginMethod.MsChapV2;

        Assert.Empty(Errors(server));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _pki.Dispose();
    }

    private static List<string> Errors(params RadiusServerOptions[] servers)
    {
        var options = new RadiusOptions();
        foreach (var server in servers)
        {
            options.Servers.Add(server);
        }

        return [.. new RadiusOptionsValidator().Validate(null, options).Failures ?? []];
    }

    private RadiusServerOptions Good()
    {
        var (certificate, key, authority) = _pki.Write(_folder, "gateway", _pki.Issue("gateway", "gateway.example.org"));
        return new RadiusServerOptions
        {
            Name = "first",
            Host = "radius.example.org",
            Transport = RadiusTransport.Tls,
            CertificateFile = certificate,
            CertificateKeyFile = key,
            TrustedCertificatesFile = authority,
        };
    }
}
