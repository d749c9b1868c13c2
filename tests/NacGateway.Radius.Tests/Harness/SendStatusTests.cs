using System.Text;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Tests.Client;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary><c>nac-harness send status</c>.</summary>
public sealed class SendStatusTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RadiusCode.AccessAccept, "accept")]
    [InlineData(RadiusCode.AccountingResponse, "response")]
    [Requirement("RSTS-1", "RSTS-5", "RSTS-7", "RMA-5")]
    public async Task Probe_is_signed_and_names_the_nas_alone_and_either_answer_counts(RadiusCode answer, string outcome)
    {
        await using var server = CapturingServer.Start(context => context.CreateReply(answer));

        var run = await server.SendAsync("status");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("Outcome: " + outcome, run.Output, StringComparison.Ordinal);
        var request = Assert.Single(server.Requests);
        Assert.Equal(RadiusCode.StatusServer, request.Code);
        Assert.Equal([RadiusAttributeType.MessageAuthenticator, RadiusAttributeType.NasIdentifier], request.Attributes.Select(attribute => attribute.Type));
    }

    [Fact]
    [Requirement("RSTS-3")]
    public async Task Probe_is_never_retransmitted_the_next_one_is_new()
    {
        using var server = new Responder();
        var running = SendAsync(server, "--retries", "2", "--timeout", "1.5");

        var (first, _) = await server.ReceiveAsync(Token);
        var (second, from) = await server.ReceiveAsync(Token);
        await server.SendAsync(Responder.Reply(second), from, Token);

        var run = await running;
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.NotEqual(first.Identifier, second.Identifier);
        Assert.NotEqual(first.Authenticator.ToArray(), second.Authenticator.ToArray());
        Assert.Contains("sent 2 times", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("RSTS-5")]
    public async Task Another_code_is_dropped()
    {
        using var server = new Responder();
        var running = SendAsync(server, "--timeout", "0.5");

        var (request, from) = await server.ReceiveAsync(Token);
        await server.SendAsync(Responder.Reply(request, RadiusCode.AccessReject), from, Token);

        var run = await running;
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("WrongCode: 1", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("User-Name=alice")]
    [InlineData("User-Password=x")]
    [InlineData("Acct-Session-Id=1")]
    [Requirement("RSTS-7")]
    public async Task Credentials_and_accounting_are_refused(string attribute)
    {
        var run = await HarnessRun.RunAsync(["send", "status", "--server", "127.0.0.1", attribute], "secret");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("never stands in Status-Server", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_server_answers()
    {
        await using var aaa = await RunningAaa.StartAsync(Token);

        var run = await HarnessRun.RunAsync(["send", "status", "--server", aaa.EndPoint.ToString()], RunningAaa.Secret);

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.Contains("Message-Authenticator: right", run.Output, StringComparison.Ordinal);
    }

    private static Task<HarnessRun> SendAsync(Responder server, params string[] arguments) =>
        HarnessRun.RunAsync(["send", "status", "--server", server.EndPoint.ToString(), .. arguments], Encoding.UTF8.GetString(Responder.Secret));
}
