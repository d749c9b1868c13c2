using Microsoft.Extensions.Configuration;
using NacGateway.TestKit;
using NacGateway.Web.Desk.Rules;
using NacGateway.Web.Hosting.Configuration;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>What the desk shows of the configuration: where it comes from, and nothing that is a secret, or that nobody knows.</summary>
public sealed class SettingOriginsTests
{
    private static readonly string[] s_secret = ["Secret", "Password", "ConnectionString", "OtlpHeaders", "Token", "ApiKey"];

    [Fact]
    public void Of_the_example_every_secret_is_masked_and_every_other_key_shown()
    {
        var example = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "appsettings.example.json")).Build();
        var shown = new SettingOrigins(example, example, new KeySchema().MayShow).Set();

        var masked = shown.Where(value => value.Value is null).Select(value => value.Key).Where(key => !key.StartsWith("ReverseProxy:", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();

        Assert.Equal(["Coa:Clients:0:Secret", "Radius:Servers:1:Secret", "Storage:ConnectionString", "Telemetry:OtlpHeaders"], masked);
        Assert.All(shown.Where(value => value.Key.StartsWith("ReverseProxy:", StringComparison.Ordinal)), value => Assert.Null(value.Value));
        Assert.Equal("file", shown[0].Origin);
    }

    [Fact]
    public void No_property_that_is_named_like_a_secret_is_left_unmarked()
    {
        var schema = new KeySchema();

        // MacBypass:Password is a choice of what the password is made of, not one.
        var named = schema.Keys.Where(key => s_secret.Contains(key.Split(':')[^1], StringComparer.Ordinal) && key != "MacBypass:Password").ToArray();

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, key => schema.MayShow(key.Replace(":N", ":0", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Radius:Servers:0:Secrets:Old")]
    [InlineData("Radius:Servers:0:Secret:Old")]
    [InlineData("Radius:Servers:0:Sekret")]
    [InlineData("Radius:Servers:main:Name")]
    [InlineData("Storage:Connectionstring")]
    [InlineData("Nowhere")]
    [InlineData("Radius")]
    [InlineData("")]
    public void What_nobody_knows_may_be_a_secret(string key) => Assert.False(new KeySchema().MayShow(key));

    [Fact]
    public void A_user_name_in_an_address_is_not_shown()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Telemetry:OtlpEndpoint", (string?)"https://me:hush@otel.example.org")]).Build();

        Assert.Null(Assert.Single(new SettingOrigins(settings, settings, new KeySchema().MayShow).Set()).Value);
    }
}
