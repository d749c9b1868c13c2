using Xunit;

namespace NacGateway.EndToEnd.Tests.SignIn;

/// <summary>The main job against a real FreeRADIUS, by every way a password travels.</summary>
public sealed class SignInTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Pap")]
    [InlineData("Chap")]
    [InlineData("MsChapV2")]
    public async Task A_right_password_opens_the_network_before_the_page_says_so(string method)
    {
        await using var site = await Site.StartAsync(Cancel, settings: Site.Method(method));
        using var alice = site.Person();
        Assert.Equal(511, await alice.AskGateAsync(Cancel));

        await alice.SignInAsync("alice", "wonderland", Cancel);

        Assert.Equal(200, await alice.AskGateAsync(Cancel));
        Assert.Equal("/portal/status", alice.Path);
        Assert.Contains("You are online", alice.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pap")]
    [InlineData("Chap")]
    [InlineData("MsChapV2")]
    public async Task A_wrong_password_opens_nothing(string method)
    {
        await using var site = await Site.StartAsync(Cancel, settings: Site.Method(method));
        using var alice = site.Person();

        await alice.SignInAsync("alice", "looking-glass", Cancel);

        Assert.Contains("The username or password is not correct", alice.Text, StringComparison.Ordinal);
        Assert.Equal(511, await alice.AskGateAsync(Cancel));
    }

    [Fact]
    public async Task A_challenge_asks_one_more_question_and_its_answer_opens_the_network()
    {
        await using var site = await Site.StartAsync(Cancel);
        using var bob = site.Person();

        await bob.SignInAsync("bob", "builder", Cancel);
        var question = bob.Text;
        var open = await bob.AskGateAsync(Cancel);
        await bob.SubmitAsync("/portal/challenge", [new("answer", "123456")], Cancel);

        Assert.Contains("Enter the code that your token shows", question, StringComparison.Ordinal);
        Assert.Equal(511, open);
        Assert.Equal("/portal/status", bob.Path);
        Assert.Equal(200, await bob.AskGateAsync(Cancel));
    }

    [Fact]
    public async Task A_wrong_answer_to_a_challenge_opens_nothing()
    {
        await using var site = await Site.StartAsync(Cancel);
        using var bob = site.Person();

        await bob.SignInAsync("bob", "builder", Cancel);
        await bob.SubmitAsync("/portal/challenge", [new("answer", "654321")], Cancel);

        Assert.Contains("That code did not work", bob.Text, StringComparison.Ordinal);
        Assert.Equal(511, await bob.AskGateAsync(Cancel));
    }

    [Fact]
    public async Task The_reason_of_a_reject_reaches_the_person_as_plain_text()
    {
        await using var site = await Site.StartAsync(Cancel);
        using var eve = site.Person();

        await eve.SignInAsync("eve", "anything", Cancel);

        Assert.Contains("Ask Mia at desk 4 about <your> account", eve.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<your>", eve.Html, StringComparison.Ordinal);
        Assert.Equal(511, await eve.AskGateAsync(Cancel));
    }

    [Fact]
    public async Task The_limits_of_the_server_are_on_the_status_page()
    {
        await using var site = await Site.StartAsync(Cancel);
        using var alice = site.Person();

        await alice.SignInAsync("alice", "wonderland", Cancel);

        Assert.Matches("Time left (59 min|1 h 0 min)", alice.Text); // Session-Timeout 3600.
        Assert.Contains("Ends after 10 min without traffic", alice.Text, StringComparison.Ordinal); // Idle-Timeout 600.
    }

    [Fact]
    public async Task Logging_off_closes_the_network_before_the_page_says_so()
    {
        await using var site = await Site.StartAsync(Cancel);
        using var alice = site.Person();
        await alice.SignInAsync("alice", "wonderland", Cancel);

        await alice.SubmitAsync("/portal/log-off", [], Cancel);

        Assert.Equal(511, await alice.AskGateAsync(Cancel));
        Assert.Contains("You are logged off", alice.Text, StringComparison.Ordinal);
    }
}
