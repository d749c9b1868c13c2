using System.Text;
using System.Text.RegularExpressions;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Demo;

/// <summary>What README's first screen promises, on nothing but the build.</summary>
public sealed partial class DemoTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("alice", "wonderland", null, "You are online")]
    [InlineData("bob", "builder", "123456", "You are online")]
    [InlineData("eve", "anything", null, "We could not sign you in")]
    public async Task Each_demo_account_does_what_the_demo_says(string userName, string password, string? code, string ending)
    {
        using var folder = new TemporaryFolder("demo");
        await using var demo = await DemoGateway.StartAsync(folder, Cancel);
        using var person = new Person(demo.Portal, demo.Gate);
        var before = await person.AskGateAsync(Cancel);

        await person.SignInAsync(userName, password, Cancel);
        if (code is not null)
        {
            await person.SubmitAsync("/portal/challenge", [new("answer", code)], Cancel);
        }

        Assert.Equal(511, before);
        Assert.Contains(ending, person.Text, StringComparison.Ordinal);
        Assert.Equal(userName == "eve" ? 511 : 200, await person.AskGateAsync(Cancel));
    }

    [Fact]
    public async Task A_second_run_finds_the_session_of_the_first_and_a_fresh_one_does_not()
    {
        using var folder = new TemporaryFolder("demo");
        await using (var first = await DemoGateway.StartAsync(folder, Cancel))
        {
            using var alice = new Person(first.Portal, first.Gate);
            await alice.SignInAsync("alice", "wonderland", Cancel);
        }

        int second, fresh;
        await using (var demo = await DemoGateway.StartAsync(folder, Cancel))
        {
            using var alice = new Person(demo.Portal, demo.Gate);
            second = await alice.AskGateAsync(Cancel);
        }

        await using (var demo = await DemoGateway.StartAsync(folder, Cancel, "--fresh"))
        {
            using var alice = new Person(demo.Portal, demo.Gate);
            fresh = await alice.AskGateAsync(Cancel);
        }

        Assert.Equal((200, 511), (second, fresh));
    }

    [Fact]
    public async Task A_visit_goes_from_511_over_the_sites_page_and_the_status_page_back_to_511()
    {
        using var folder = new TemporaryFolder("demo");
        await using var demo = await DemoGateway.StartAsync(folder, Cancel);
        using var alice = new Person(demo.Portal, demo.Gate);
        using var browser = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        List<int> gate = [await alice.AskGateAsync(Cancel)];

        await alice.SignInAsync("alice", "wonderland", Cancel);
        var site = await browser.GetStringAsync(demo.Gate, Cancel);
        await alice.OpenAsync("/portal/status", Cancel);
        var status = alice.Text;
        gate.Add(await alice.AskGateAsync(Cancel));
        await alice.SubmitAsync("/portal/log-off", [], Cancel);
        gate.Add(await alice.AskGateAsync(Cancel));

        Assert.Contains("This page comes from the demo's own site", site, StringComparison.Ordinal);
        Assert.Contains("Signed in as alice", status, StringComparison.Ordinal);
        Assert.Equal("/portal/bye", alice.Path);
        Assert.Equal([511, 200, 511], gate);
    }

    [Fact]
    public async Task Who_was_told_that_he_is_online_is_so_after_the_demo_was_killed_and_no_password_is_left_behind()
    {
        using var folder = new TemporaryFolder("demo");
        string output;
        await using (var killed = await DemoGateway.StartAsync(folder, Cancel))
        {
            using var alice = new Person(killed.Portal, killed.Gate);
            await alice.SignInAsync("alice", "not-her-password-77", Cancel);
            await alice.SignInAsync("alice", "wonderland", Cancel);
            await killed.StopAsync("KILL");
            output = killed.Output;
        }

        // Before the next run: the write-ahead log is still there, as the kill left it.
        var left = Directory.GetFiles(folder["data"], "*", SearchOption.AllDirectories).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))).ToArray();
        await using var demo = await DemoGateway.StartAsync(folder, Cancel);
        using var again = new Person(demo.Portal, demo.Gate);

        Assert.Equal(200, await again.AskGateAsync(Cancel));
        Assert.Contains(left, text => text.Contains("alice", StringComparison.Ordinal));
        Assert.DoesNotContain("not-her-password-77", output, StringComparison.Ordinal);
        Assert.All(left, text => Assert.All(["wonderland", "not-her-password-77"], password => Assert.DoesNotContain(password, text, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_demo_in_good_order()
    {
        using var folder = new TemporaryFolder("demo");
        await using var demo = await DemoGateway.StartAsync(folder, Cancel);

        Assert.Equal(0, await demo.StopAsync("INT"));
    }

    /// <summary>The demo in a process of its own, on free ports.</summary>
    private sealed partial class DemoGateway(ChildProcess process) : IAsyncDisposable
    {
        public Uri Gate { get; private set; } = null!;

        public Uri Portal { get; private set; } = null!;

        public static async Task<DemoGateway> StartAsync(TemporaryFolder folder, CancellationToken cancellationToken, params string[] more)
        {
            var process = ChildProcess.Start(GatewayProcess.Executable, ["demo", "--free-ports", "--folder", folder["data"], .. more], workingDirectory: folder.FullName);
            try
            {
                return new DemoGateway(process)
                {
                    Gate = await AddressAsync(GateLine),
                    Portal = await AddressAsync(PortalLine),
                };
            }
            catch
            {
                await process.DisposeAsync();
                throw;
            }

            async Task<Uri> AddressAsync(Regex regex)
                => new(regex.Match(await process.WaitForLineAsync(regex.IsMatch, cancellationToken)).Groups["url"].Value);
        }

        public string Output => process.Output;

        public Task<int> StopAsync(string signal) => process.StopAsync(signal);

        public ValueTask DisposeAsync() => process.DisposeAsync();

        [GeneratedRegex(@"^\s*gate +(?<url>http\S+)", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex GateLine { get; }

        [GeneratedRegex(@"^\s*portal +(?<url>http\S+)", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex PortalLine { get; }
    }
}
