using System.Text;
using NacGateway.Core.Authentication;
using NacGateway.Radius.Attributes;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

public sealed class RadiusOptionsValidatorTests
{
    [Fact]
    public void Good_settings_have_no_errors() => Assert.True(Validate(Good()).Succeeded);

    [Fact]
    public void Every_error_is_named_in_one_go()
    {
        var options = new RadiusOptions { LoginBudget = TimeSpan.FromSeconds(61) };
        options.Servers.Add(new RadiusServerOptions { Host = "no host", AuthenticationPort = 0, AccountingPort = 65_536, Transport = (RadiusTransport)9 });

        var failures = Validate(options).Failures!.ToList();

        string[] keys = ["Radius:LoginBudget", "0:Name", "0:Host", "0:AuthenticationPort", "0:AccountingPort", "0:Transport"];
        Assert.Equal(keys.Length, failures.Count);
        Assert.All(keys, key => Assert.Contains(failures, failure => failure.Contains(key, StringComparison.Ordinal)));
    }

    [Fact]
    public void What_no_attribute_can_carry_is_an_error()
    {
        var options = Good();
        options.NasPortType = (NasPortType)99;
        options.NasPortId = new string('x', 254);
        options.CalledStationId = "line\nbreak";

        var failures = Validate(options).Failures!.ToList();

        Assert.Equal(3, failures.Count);
        Assert.All(["Radius:NasPortType", "Radius:NasPortId", "Radius:CalledStationId"], key => Assert.Contains(failures, failure => failure.Contains(key, StringComparison.Ordinal)));
    }

    [Fact]
    public void No_server_is_an_error() => Assert.Contains("Radius:Servers is empty", Assert.Single(Validate(new RadiusOptions()).Failures!), StringComparison.Ordinal);

    [Fact]
    public void Two_servers_of_one_name_are_both_named()
    {
        var options = Good();
        options.Servers.Add(new RadiusServerOptions { Name = "FIRST", Host = "2001:db8::11", Secret = "another secret, long enough" });

        Assert.Contains("Radius:Servers:0:Name and Radius:Servers:1:Name", Assert.Single(Validate(options).Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void Ms_chap_over_udp_must_be_asked_for_twice()
    {
        var options = Good();
        options.Servers[0].Method = LoginMethod.MsChapV2;

        Assert.Contains("AllowMsChapOverUdp=true", Assert.Single(Validate(options).Failures!), StringComparison.Ordinal);

        options.Servers[0].AllowMsChapOverUdp = true;
        Assert.True(Validate(options).Succeeded);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("", "")]
    [InlineData(null, "\n")]
    [Requirement("RPKT-8")]
    public void An_empty_secret_is_refused(string? secret, string? content)
    {
        using var folder = new TemporaryFolder();
        var options = Good();
        options.Servers[0].Secret = secret;
        options.Servers[0].SecretFile = content is null ? null : folder.Write("secret", content);

        Assert.Contains("Radius:Servers:0:Secret", Assert.Single(Validate(options).Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_and_a_file_exclude_each_other()
    {
        var options = Good();
        options.Servers[0].SecretFile = "/does/not/matter";

        Assert.Contains("both set", Assert.Single(Validate(options).Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        using var folder = new TemporaryFolder();
        var options = Good();
        options.Servers[0].Secret = null;
        options.Servers[0].SecretFile = folder["none"];

        Assert.Contains(folder["none"], Assert.Single(Validate(options).Failures!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret\n", "secret")]
    [InlineData("secret\r\n", "secret")]
    [InlineData(" secret \n\n", " secret \n")]
    [InlineData("s\u00e9cret", "s\u00e9cret")]
    public void A_secret_file_loses_one_line_end_and_nothing_else(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        var server = new RadiusServerOptions { SecretFile = folder.Write("secret", content) };

        Assert.Equal(Encoding.UTF8.GetBytes(expected), SharedSecret.TryRead(server, out _));
    }

    private static RadiusOptions Good()
    {
        var options = new RadiusOptions();
        options.Servers.Add(new RadiusServerOptions { Name = "first", Host = "radius.example.org", Secret = "a secret of some length" });
        return options;
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(RadiusOptions options) => new RadiusOptionsValidator().Validate(null, options);
}
