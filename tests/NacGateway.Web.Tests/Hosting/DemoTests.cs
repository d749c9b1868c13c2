using System.Net;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>The demo as a process: 511 with a link that leads to the sign-in page, and a clean end.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_session_the_gate_answers_511_with_a_link_to_the_portal()
    {
        await using var demo = Start();
        using var visit = await DemoVisit.ArriveAsync(demo, Cancellation);

        using var answer = await visit.GetAsync(visit.Gate, Cancellation);

        Assert.Equal(HttpStatusCode.NetworkAuthenticationRequired, answer.StatusCode);
        Assert.Contains(visit.Portal.AbsoluteUri.TrimEnd('/'), await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("X-Demo-Origin"));
    }

    [Fact]
    public async Task The_portal_shows_the_form_and_the_name_of_the_demo()
    {
        await using var demo = Start();
        using var visit = await DemoVisit.ArriveAsync(demo, Cancellation);

        using var page = await visit.GetAsync(new Uri(visit.Portal, "/portal"), Cancellation);
        var text = await page.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.All(["NacGateway demo", "name=\"username\"", "name=\"password\"", "name=\"token\""], part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_to_end_ends_it_with_0(string signal)
    {
        await using var demo = Start();
        using var visit = await DemoVisit.ArriveAsync(demo, Cancellation);

        var exitCode = await demo.StopAsync(signal);

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("Exception", demo.Output, StringComparison.Ordinal);
    }

    private ChildProcess Start() => GatewayProgram.Start(_folder.FullName, ["demo", "--free-ports"]);
}
