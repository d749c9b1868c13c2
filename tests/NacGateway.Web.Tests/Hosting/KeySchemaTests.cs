using Microsoft.Extensions.Configuration;
using NacGateway.Web.Hosting.Configuration;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>Known keys against what is set.</summary>
public sealed class KeySchemaTests
{
    [Fact]
    public void Every_promised_key_is_known()
    {
        string[] promised =
        [
            "Storage:Provider", "Storage:ConnectionString", "Portal:PublicUrl", "Portal:Listen", "Portal:ListenHttps", "Gate:Listen", "Admin:Listen", "Coa:Listen",
            "Radius:Servers:N:Name", "Radius:Servers:N:Host", "Radius:Servers:N:AuthenticationPort", "Radius:Servers:N:AccountingPort", "Radius:Servers:N:Transport",
            "Radius:Servers:N:Secret", "Radius:Servers:N:SecretFile", "Radius:Servers:N:RequireMessageAuthenticator", "Radius:Servers:N:Method", "Radius:Servers:N:Priority",
            "Radius:Servers:N:AllowMsChapOverUdp", "Radius:LoginBudget", "Radius:NasIdentifier", "Radius:StatusServer", "Radius:Servers:N:StatusServer", "Coa:Clients:N:Address", "Coa:Clients:N:Secret", "Coa:Clients:N:SecretFile",
            "Enforcement:Mode", "Enforcement:LanInterfaces:N", "WalledGarden:Hosts:N", "Gate:TrustedProxies:N", "Gate:AllowedPrivateDestinations:N", "Gate:ProbeMode",
            "Sessions:MaxPerUser", "Sessions:IdleTimeout", "Sessions:SessionTimeout", "Sessions:InterimInterval",
        ];

        Assert.Empty(promised.Except(new KeySchema().Keys, StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_right_is_passed_on_and_what_is_wrong_is_not()
    {
        List<string> errors = [];

        var bindable = new KeySchema().Check(Settings(("Gate:Listen", "127.0.0.1:0"), ("gate:probemode", "always511"), ("Gate:ConnectTimeout", "x"), ("Gate:Other", "x")), errors);

        Assert.Equal(["Gate:Listen", "Gate:probemode"], bindable.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(2, errors.Count);
    }

    [Theory]
    [InlineData("Gate:TrustedProxies", "10.0.0.1", "Set its parts: Gate:TrustedProxies:0")]
    [InlineData("Gate:Listen:Address", "10.0.0.1", "takes one value")]
    [InlineData("Portal:RequireTerms", "yes", "Write true or false")]
    [InlineData("Gate:TunnelPorts:0", "https", "Write a whole number")]
    [InlineData("Gate:TunnelPorts:0", "", "Gate:TunnelPorts:0 is empty. Write a whole number, or remove it.")]
    [InlineData("Gate:ConnectTimeout", "", "Gate:ConnectTimeout is empty. Write a duration as hours:minutes:seconds, such as 00:00:10, or remove it.")]
    [InlineData("Portal:RequireTerms", "", "Portal:RequireTerms is empty. Write true or false, or remove it.")]
    [InlineData("Storage:Provider", "", "Storage:Provider is empty. Write one of Sqlite, PostgreSql, or remove it.")]
    [InlineData("Sessions:IdleTimeout", "30", "Sessions:IdleTimeout is '30'. Write a duration as hours:minutes:seconds, such as 00:00:10.")]
    [InlineData("Gate:ConnectTimeout", "10", "Gate:ConnectTimeout is '10'. Write a duration")]
    [InlineData("Gate:ConnectTimeout", "ten:10", "Gate:ConnectTimeout is 'ten:10'. Write a duration")]
    public void A_value_of_the_wrong_shape_is_refused_with_the_right_one(string key, string value, string expected)
    {
        List<string> errors = [];

        new KeySchema().Check(Settings((key, value)), errors);

        Assert.Contains(expected, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Gate:ProbeTable", "")]
    [InlineData("Portal:PublicUrl", "")]
    [InlineData("Radius:Servers:0:StatusServer", "")]
    [InlineData("Sessions:IdleTimeout", "1.00:00:00")]
    [InlineData("Sessions:IdleTimeout", "00:30")]
    public void What_may_be_left_out_may_be_empty_and_a_duration_has_a_colon(string key, string value)
    {
        List<string> errors = [];

        var bindable = new KeySchema().Check(Settings((key, value)), errors);

        Assert.Empty(errors);
        Assert.Equal(value, bindable[key]);
    }

    [Fact]
    public void The_proxys_own_section_is_left_to_it()
    {
        List<string> errors = [];

        var bindable = new KeySchema().Check(Settings(("ReverseProxy:Routes:a:ClusterId", "b")), errors);

        Assert.Empty(errors);
        Assert.Equal("b", bindable["ReverseProxy:Routes:a:ClusterId"]);
    }

    private static IConfigurationRoot Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
