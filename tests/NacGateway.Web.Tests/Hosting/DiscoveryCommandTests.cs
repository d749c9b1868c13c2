using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary><c>nacgateway discovery</c> of the real program: what it prints, what it writes, and what it refuses.</summary>
public sealed class DiscoveryCommandTests : IDisposable
{
    private const string Api = "https://login.example.org:8443/captive-api";
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_program_is_told_the_same_url_by_the_number_that_the_rfc_gives()
    {
        var (exitCode, output) = await RunAsync();

        Assert.Equal(0, exitCode);
        Assert.All(
            [
                $"\ndhcp-option=114,{Api}\n", $"\ndhcp-option=option6:103,{Api}\n",
                $"{{ \"space\": \"dhcp4\", \"code\": 114, \"data\": \"{Api}\" }}", $"{{ \"space\": \"dhcp6\", \"code\": 103, \"data\": \"{Api}\" }}",
                $"AdvCaptivePortalAPI \"{Api}\";", "radvd 2.20 or later", $"\nSendOption=114:string:{Api}\n", "systemd-networkd 244 or later",
            ],
            line => Assert.Contains(line, output, StringComparison.Ordinal));
        Assert.DoesNotContain("a-secret", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_program_alone_can_be_asked_for_and_its_interface_named()
    {
        var (_, output) = await RunAsync("--server", "radvd", "--interface", "br-guests");

        Assert.Contains("\ninterface br-guests\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("dhcp-option", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Kea_gets_is_what_Kea_reads()
    {
        var (_, output) = await RunAsync("--server", "kea");

        var pieces = output[output.IndexOf("// Written", StringComparison.Ordinal)..].Split("\n// kea-dhcp6.conf");
        foreach (var (piece, root) in pieces.Zip(["Dhcp4", "Dhcp6"]))
        {
            var json = piece[piece.IndexOf("\n{", StringComparison.Ordinal)..(piece.LastIndexOf("\n}", StringComparison.Ordinal) + 2)];
            using var parsed = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });

            Assert.Equal(Api, parsed.RootElement.GetProperty(root).GetProperty("option-data")[0].GetProperty("data").GetString());
        }
    }

    [Fact]
    public async Task A_file_of_its_own_is_written_anew_and_one_of_somebody_else_is_left_alone()
    {
        var own = _folder["dnsmasq.conf"];
        var foreign = _folder.Write("foreign.conf", "dhcp-option=114,http://elsewhere.example/\n");

        var first = await RunAsync("--server", "dnsmasq", "--write", own);
        var second = await RunAsync("--server", "dnsmasq", "--write", own);
        var third = await RunAsync("--server", "dnsmasq", "--write", foreign);
        var fourth = await RunAsync("--server", "dnsmasq", "--write", Path.Combine(_folder.FullName, "nowhere", "x.conf"));

        Assert.Equal((0, 0, 1, 1), (first.ExitCode, second.ExitCode, third.ExitCode, fourth.ExitCode));
        Assert.Contains($"dhcp-option=114,{Api}", await File.ReadAllTextAsync(own, Cancellation), StringComparison.Ordinal);
        Assert.Contains("is not overwritten", third.Output, StringComparison.Ordinal);
        Assert.Equal("dhcp-option=114,http://elsewhere.example/\n", await File.ReadAllTextAsync(foreign, Cancellation));
        Assert.Empty(Directory.GetFiles(_folder.FullName, "*.partial"));
    }

    [Theory]
    [InlineData("--server bind", "bind")]
    [InlineData("--interface x{", "--interface takes the name of a network interface")]
    [InlineData("--write file", "--write needs one --server")]
    public async Task Wrong_usage_ends_with_2(string arguments, string expected)
    {
        var (exitCode, output) = await RunAsync(arguments.Split(' '));

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_https_listener_the_setting_is_named()
    {
        var (exitCode, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, ["discovery", .. GatewayProgram.Serve[1..]]);

        Assert.Equal(2, exitCode);
        Assert.Contains("error: Portal:ListenHttps is not set", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_warns_of_a_certificate_that_devices_will_not_believe()
    {
        var (exitCode, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, ["check", .. Settings()]);

        Assert.Equal(0, exitCode);
        Assert.Contains("warning: Portal:CertificateFile", output, StringComparison.Ordinal);
        Assert.Contains("it is self-signed", output, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
        => GatewayProgram.RunAsync(_folder.FullName, Cancellation, ["discovery", .. arguments, .. Settings()]);

    private string[] Settings()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=login.example.org", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("login.example.org");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(60));
        return
        [
            .. GatewayProgram.Serve[1..],
            "--Portal:PublicUrl=https://login.example.org:8443",
            "--Portal:ListenHttps=127.0.0.1:8443",
            $"--Portal:CertificateFile={_folder.Write("portal.pem", certificate.ExportCertificatePem())}",
            $"--Portal:CertificateKeyFile={_folder.Write("portal.key", key.ExportPkcs8PrivateKeyPem())}",
        ];
    }
}
