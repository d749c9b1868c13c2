using NacGateway.TestKit;
using NacGateway.Web.Observability.Syslog;
using Xunit;

namespace NacGateway.Web.Tests.Observability.Syslog;

public sealed class SyslogOptionsTests
{
    private readonly SyslogOptionsValidator _validator = new();

    [Theory]
    [InlineData("")]
    [InlineData("log.example.org:6514")]
    [InlineData("192.0.2.9:514")]
    [InlineData("[2001:db8::9]:514")]
    public void What_can_be_used_passes(string server) => Assert.True(_validator.Validate(null, new SyslogOptions { Server = server }).Succeeded);

    [Theory]
    [InlineData("log.example.org")]
    [InlineData("log.example.org:0")]
    [InlineData("log.example.org:65536")]
    [InlineData("2001:db8::9:514")]
    [InlineData("tcp://log.example.org:514")]
    [InlineData(":514")]
    public void What_is_no_address_is_named(string server) => Names("Syslog:Server", new SyslogOptions { Server = server });

    [Fact]
    public void What_cannot_work_is_named_with_its_key()
    {
        Names("Syslog:Audit", new SyslogOptions { Server = "192.0.2.9:514", Sessions = false, Refusals = false, Audit = false });
        Names("Syslog:AppName", new SyslogOptions { AppName = "" });
        Names("Syslog:AppName", new SyslogOptions { AppName = new string('a', 49) });
        Names("Syslog:HostName", new SyslogOptions { HostName = "gate way" });
        Names("Syslog:EnterpriseNumber", new SyslogOptions { EnterpriseNumber = 0 });
        Names("Syslog:TrustedCertificatesFile", new SyslogOptions { TrustedCertificatesFile = "ca.pem" });
        Names("Syslog:CertificateKeyFile", new SyslogOptions { Transport = SyslogTransport.Tls, CertificateFile = "gateway.pem" });
        Names("Syslog:Transport", new SyslogOptions { Transport = (SyslogTransport)9 });
        Names("Syslog:Facility", new SyslogOptions { Facility = (SyslogFacility)2 });
    }

    [Fact]
    public void Files_that_hold_no_certificate_are_named()
    {
        using var folder = new TemporaryFolder("syslog");
        var empty = folder.Write("empty.pem", "");

        Names("Syslog:TrustedCertificatesFile", new SyslogOptions { Transport = SyslogTransport.Tls, TrustedCertificatesFile = empty });
        Names("Syslog:TrustedCertificatesFile", new SyslogOptions { Transport = SyslogTransport.Tls, TrustedCertificatesFile = folder["none.pem"] });
        Names("Syslog:CertificateFile", new SyslogOptions { Transport = SyslogTransport.Tls, CertificateFile = empty, CertificateKeyFile = empty });
    }

    private void Names(string key, SyslogOptions options)
    {
        var verdict = _validator.Validate(null, options);

        Assert.Contains(key, verdict.FailureMessage, StringComparison.Ordinal);
    }
}
