using NacGateway.Radius.Tests.RadSec;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary><c>aaa --tls-listen</c> and the verbs of <c>send</c> with <c>--tls</c>.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private const string ServerName = "radius.example.org";
    private readonly TestPki _pki = new();
    private readonly TemporaryFolder _folder = new("harness-tls");
    private string[] _own = [];
    private RunningAaa? _aaa;

    private string TlsEndPoint => _aaa!.Lines[0].GetProperty("tlsEndPoint").GetString()!;

    public async ValueTask InitializeAsync()
    {
        var (certificate, key, authority) = _pki.Write(_folder, "server", _pki.Issue("server", ServerName));
        _aaa = await RunningAaa.StartAsync(TestContext.Current.CancellationToken, "--tls-listen", "127.0.0.1:0", "--tls-cert", certificate, "--tls-key", key, "--tls-ca", authority);
        var own = _pki.Write(_folder, "client", _pki.Issue("client", "client.example.org"));
        _own = ["--tls", "--tls-cert", own.Certificate, "--tls-key", own.Key, "--tls-ca", authority];
    }

    [Theory]
    [InlineData("pap", "both")]
    [InlineData("pap", "1.0")]
    [InlineData("pap", "none")]
    [InlineData("chap", "1.0")]
    [InlineData("chap", "1.1")]
    [InlineData("mschapv2", "1.0")]
    [InlineData("mschapv2", "1.1")]
    [Requirement("RMS-9", "R11-9", "R11-10")]
    public async Task A_user_signs_in_by_each_method_without_a_secret(string method, string version)
    {
        var run = await SendAsync("alice", "--method", method, "--tls-version", version, "--tls-name", ServerName);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("Server certificate", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("TLS-4")]
    public async Task A_server_of_another_name_is_refused_and_the_option_is_named()
    {
        var run = await SendAsync("alice");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("--tls-name", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_exchanges_share_the_connection()
    {
        var run = await SendAsync("alice", "--tls-name", ServerName, "--repeat", "200", "--parallel", "16", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
    }

    [Fact]
    public async Task Status_server_is_answered_too()
    {
        var run = await HarnessRun.RunAsync([.. (string[])["send", "status", "--server", TlsEndPoint, "--tls-name", ServerName], .. _own], secret: null);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
    }

    [Theory]
    [InlineData]
    [InlineData("--coa-listen", "none")]
    public async Task A_played_NAS_signs_in_and_accounts_by_TLS_and_needs_no_secret(params string[] coa)
    {
        await using var rig = new RadSecRig();
        var server = rig.Serve();
        var (certificate, key, authority) = rig.Pki.Write(_folder, "nas", rig.Pki.Issue("nas", "nas.example.org"));

        var run = await HarnessRun.RunAsync(
            [
                "nas", "--server", server.EndPoint.ToString(), "--tls", "--tls-cert", certificate, "--tls-key", key, "--tls-ca", authority, "--tls-name", ServerName,
                "--user", "alice", "--password", "wonderland", "--seconds", "0.2", "--session-seconds", "0.1", .. coa,
            ],
            secret: null);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.InRange(server.Counters.Answered, 3, 10);
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.1")]
    [Requirement("R11-9")]
    public async Task A_password_among_the_attributes_is_hidden_or_not_as_the_protocol_says(string version)
    {
        var run = await HarnessRun.RunAsync(
            [.. (string[])["send", "auth", "--server", TlsEndPoint, "User-Name=alice", "User-Password=wonderland", "--tls-version", version, "--tls-name", ServerName, "--expect-attr", "Session-Timeout"], .. _own], secret: null);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
    }

    [Theory]
    [InlineData("both", "RADIUS/1.1")]
    [InlineData("1.0", "RADIUS/1.0")]
    public async Task Probe_asks_by_tls_besides(string version, string told)
    {
        var port = TlsEndPoint.Split(':')[1];

        var run = await HarnessRun.RunAsync(
            [.. (string[])["probe", _aaa!.EndPoint.ToString(), "--acct-port", "0", "--tls-port", port, "--tls-version", version, "--tls-name", ServerName, "--require", "radsec"], .. _own], RunningAaa.Secret);

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("Access-Accept as " + told, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_says_why_there_is_no_tls()
    {
        var run = await HarnessRun.RunAsync(
            [.. (string[])["probe", _aaa!.EndPoint.ToString(), "--acct-port", "0", "--tls-port", TlsEndPoint.Split(':')[1], "--require", "radsec"], .. _own], RunningAaa.Secret);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("not fit for use: radsec", run.Errors, StringComparison.Ordinal);
        Assert.Contains("--tls-name", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tls")]
    [InlineData("--tls-ca", "x")]
    [InlineData("--tls", "--tls-ca", "none")]
    [InlineData("--tls", "--tls-pin", "00")]
    public async Task What_is_missing_or_without_effect_is_a_mistake_of_usage(params string[] options)
    {
        var run = await HarnessRun.RunAsync([.. (string[])["send", "auth", "--server", "127.0.0.1", "--user", "u", "--password", "p"], .. options], RunningAaa.Secret);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--tls", run.Errors, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _aaa!.DisposeAsync();
        _folder.Dispose();
        _pki.Dispose();
    }

    private Task<HarnessRun> SendAsync(string user, params string[] options) =>
        HarnessRun.RunAsync([.. (string[])["send", "auth", "--server", TlsEndPoint, "--user", user, "--password-stdin"], .. _own, .. options], secret: null, "wonderland");
}
