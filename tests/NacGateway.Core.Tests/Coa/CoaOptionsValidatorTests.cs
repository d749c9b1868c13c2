using System.Net;
using NacGateway.Core.Coa;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Coa;

public sealed class CoaOptionsValidatorTests
{
    [Theory]
    [InlineData("192.0.2.21", "192.0.2.21/32")]
    [InlineData("192.0.2.16/28", "192.0.2.16/28")]
    [InlineData("192.0.2.17/28", "192.0.2.16/28")]
    [InlineData("2001:db8::21", "2001:db8::21/128")]
    [InlineData("2001:db8::/64", "2001:db8::/64")]
    [InlineData("::ffff:192.0.2.21", "192.0.2.21/32")]
    public void An_address_or_a_prefix_names_a_client(string text, string network)
    {
        Assert.Equal(IPNetwork.Parse(network), CoaClients.ParseAddress(text));
        Assert.Empty(Errors(Options(text)));
    }

    [Theory]
    [InlineData("", "Coa:Clients:0:Address '' is neither an address nor a prefix")]
    [InlineData("radius.example.org", "Coa:Clients:0:Address 'radius.example.org' is neither an address nor a prefix")]
    [InlineData("192.0.2.16/33", "Coa:Clients:0:Address '192.0.2.16/33' is neither an address nor a prefix")]
    [InlineData("0.0.0.0/0", "Coa:Clients:0:Address 0.0.0.0/0 is everybody")]
    [InlineData("::/0", "Coa:Clients:0:Address ::/0 is everybody")]
    public void What_names_nobody_or_everybody_is_an_error(string text, string error) => Assert.StartsWith(error, Assert.Single(Errors(Options(text))), StringComparison.Ordinal);

    [Theory]
    [InlineData("3799")]
    [InlineData("192.0.2.1")]
    [InlineData("::1")]
    [InlineData("[::]")]
    [InlineData("localhost:3799")]
    [InlineData("192.0.2.1:99999")]
    [InlineData("")]
    public void A_listener_is_an_address_with_a_port(string listen)
    {
        var options = Options("192.0.2.21");
        options.Listen = listen;

        Assert.StartsWith($"Coa:Listen '{listen}' is not ADDRESS:PORT.", Assert.Single(Errors(options)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[::]:3799")]
    [InlineData("0.0.0.0:3799")]
    [InlineData("127.0.0.1:0")]
    [InlineData("[2001:db8::1]:3799")]
    public void Every_such_listener_will_do(string listen)
    {
        var options = Options("192.0.2.21");
        options.Listen = listen;

        Assert.Empty(Errors(options));
    }

    [Fact]
    public void Every_error_is_named_with_its_key_and_the_remedy()
    {
        var options = new CoaOptions { TimestampWindow = TimeSpan.FromSeconds(9), RequestsPerSecond = 0 };
        options.Clients.Add(new CoaClientOptions { Address = "192.0.2.21" });
        options.Clients.Add(new CoaClientOptions { Address = "192.0.2.21/32", Secret = "one", SecretFile = "another" });
        options.Clients.Add(new CoaClientOptions { Address = "192.0.2.22", SecretFile = "/nowhere/at/all" });

        var errors = Errors(options);

        Assert.Equal(6, errors.Count);
        Assert.Contains("Coa:TimestampWindow is 00:00:09. Write a time from 00:00:10 to 01:00:00, such as 00:05:00.", errors, StringComparer.Ordinal);
        Assert.Contains("Coa:RequestsPerSecond is 0. Write a number from 1 to 10000.", errors, StringComparer.Ordinal);
        Assert.Contains("Coa:Clients:0:Secret is missing. Set Coa:Clients:0:SecretFile to a file that holds the secret shared with this client, or Coa:Clients:0:Secret to the secret itself.", errors, StringComparer.Ordinal);
        Assert.Contains("Coa:Clients:1:Secret and Coa:Clients:1:SecretFile are both set. Keep one.", errors, StringComparer.Ordinal);
        Assert.Contains(errors, error => error.StartsWith("Coa:Clients:2:SecretFile '/nowhere/at/all' cannot be read", StringComparison.Ordinal));
        Assert.Contains("Coa:Clients:0:Address and Coa:Clients:1:Address are all 192.0.2.21/32. Keep one of them.", errors, StringComparer.Ordinal);
    }

    [Fact]
    public void A_secret_is_taken_from_its_file_without_the_line_end()
    {
        using var folder = new TemporaryFolder();
        folder.Write("secret", " a secret with a blank in front\n");
        var options = new CoaOptions();
        options.Clients.Add(new CoaClientOptions { Address = "192.0.2.21", SecretFile = folder["secret"] });

        Assert.Empty(Errors(options));
        Assert.Equal(" a secret with a blank in front"u8.ToArray(), Assert.Single(CoaClients.Read(options)).Secret.ToArray());
    }

    private static CoaOptions Options(string address)
    {
        var options = new CoaOptions();
        options.Clients.Add(new CoaClientOptions { Address = address, Secret = "a secret of more than sixteen octets" });
        return options;
    }

    private static IReadOnlyList<string> Errors(CoaOptions options) => [.. new CoaOptionsValidator().Validate(null, options).Failures ?? []];
}
