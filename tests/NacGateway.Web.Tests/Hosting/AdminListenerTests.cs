using System.Net;
using System.Net.Sockets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>The administrator's listener of the real program: health, metrics, and the way it starts and ends.</summary>
public sealed class AdminListenerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/healthz/live", HttpStatusCode.OK, "alive")]
    [InlineData("/healthz/ready", HttpStatusCode.OK, "\"status\":\"ready\"")]
    [InlineData("/metrics", HttpStatusCode.OK, "kestrel_active_connections")]
    [InlineData("/", HttpStatusCode.SeeOther, "")]
    [InlineData("/no/such/page", HttpStatusCode.NotFound, "no such page")]
    public async Task Each_path_answers(string path, HttpStatusCode status, string expected)
    {
        await using var program = GatewayProgram.Start(_folder.FullName, GatewayProgram.Serve);
        var admin = await program.ListeningAsync("Admin", Cancellation);

        using var answer = await _client.GetAsync(new Uri(admin, path), Cancellation);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task What_would_change_something_is_refused()
    {
        await using var program = GatewayProgram.Start(_folder.FullName, GatewayProgram.Serve);
        var admin = await program.ListeningAsync("Admin", Cancellation);

        using var answer = await _client.PostAsync(new Uri(admin, "/healthz/live"), content: null, Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_to_end_ends_it_with_0(string signal)
    {
        await using var program = GatewayProgram.Start(_folder.FullName, GatewayProgram.Serve);
        await program.ListeningAsync("Admin", Cancellation);

        var exitCode = await program.StopAsync(signal);

        Assert.Equal(0, exitCode);
        Assert.Contains("Stopped", program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_and_ends_it_with_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var endPoint = taken.LocalEndpoint.ToString()!;

        var (exitCode, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, [.. GatewayProgram.Serve, $"--Admin:Listen={endPoint}"]);

        Assert.Equal(1, exitCode);
        Assert.Contains(endPoint, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_can_be_json()
    {
        await using var program = GatewayProgram.Start(_folder.FullName, [.. GatewayProgram.Serve, "--Logging:Format=Json"]);

        var line = await program.WaitForLineAsync(text => text.Contains("Listening: Admin", StringComparison.Ordinal), Cancellation);

        using var json = System.Text.Json.JsonDocument.Parse(line);
        Assert.Equal(9000, json.RootElement.GetProperty("EventId").GetInt32());
    }
}
