using System.Globalization;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Coa;

/// <summary>The real gateway, changed and told to end sessions by clients that are not ours, and by ours.</summary>
public sealed class DynamicAuthorizationTests(PostgreSqlServer postgreSql)
{
    private const string Secret = "a secret of the server that sends CoA";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static (string Key, string? Value)[] Settings { get; } =
    [
        ("Coa:Listen", "127.0.0.1:0"),
        ("Coa:Clients:0:Address", "127.0.0.1"),
        ("Coa:Clients:0:Secret", Secret),
    ];

    [Fact]
    [Requirement("COA-18", "COA-3")]
    public async Task Radclient_ends_a_session_and_the_next_request_at_the_gate_is_answered_by_511()
    {
        await using var site = await Site.StartAsync(Cancel, settings: Settings);
        using var person = site.Person();
        await person.SignInAsync("alice", "wonderland", Cancel);
        Assert.Equal(200, await person.AskGateAsync(Cancel));

        var output = await RadclientAsync(site, "disconnect", "User-Name = alice, NAS-Identifier = nacgateway, Reply-Message = \"See desk 4\"");

        Assert.Equal(511, await person.AskGateAsync(Cancel));
        Assert.Contains("Received Disconnect-ACK", output, StringComparison.Ordinal);
        Assert.Contains("Acct-Terminate-Cause = Admin-Reset", output, StringComparison.Ordinal);
        Assert.Contains("Error-Cause = Session-Context-Not-Found", await RadclientAsync(site, "disconnect", "User-Name = alice, NAS-Identifier = nacgateway"), StringComparison.Ordinal);
        await person.OpenAsync("/portal", Cancel);
        Assert.Contains("See desk 4", person.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Radclient_changes_a_session_and_hears_which_attribute_is_not_supported()
    {
        await using var site = await Site.StartAsync(Cancel, settings: Settings);
        using var person = site.Person();
        await person.SignInAsync("alice", "wonderland", Cancel);

        Assert.Contains("Received CoA-ACK", await RadclientAsync(site, "coa", "User-Name = alice, Session-Timeout = 600, WISPr-Bandwidth-Max-Down = 512000"), StringComparison.Ordinal);
        Assert.Contains("Error-Cause = Unsupported-Attribute", await RadclientAsync(site, "coa", "User-Name = alice, Framed-Pool = other"), StringComparison.Ordinal);

        await person.OpenAsync("/portal/status", Cancel);
        Assert.Matches("(10|9) min", person.Text);
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    [Requirement("COA-24")]
    public async Task What_was_acknowledged_holds_when_the_gateway_is_killed_at_once(string provider)
    {
        await using var site = await Site.StartAsync(Cancel, settings: [.. Settings, .. await StorageAsync(provider)]);
        using var person = site.Person();
        await person.SignInAsync("alice", "wonderland", Cancel);

        var output = await HarnessAsync(site, "coa", "User-Name=alice", "Session-Timeout=600", "Reply-Message=The library closes at six", "--expect", "ack");
        await site.Gateway.StopAsync("KILL");
        await site.Gateway.StartAsync(Cancel);

        Assert.Contains("CoA-ACK", output, StringComparison.Ordinal);
        using var after = site.Person();
        await after.OpenAsync("/portal/status", Cancel);
        Assert.Matches("(10|9) min", after.Text);
        Assert.Contains("The library closes at six", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_freeradius_that_originates_a_disconnect_ends_the_session_of_its_user()
    {
        await using var site = await Site.StartAsync(Cancel, settings: [.. Settings, ("Coa:RequireEventTimestamp", "true")]);
        using var person = site.Person();
        await person.SignInAsync("alice", "wonderland", Cancel);
        var port = int.Parse((await site.Gateway.CoaAsync(Cancel)).Split(':')[^1], CultureInfo.InvariantCulture);
        await using var server = await FreeRadiusServer.StartAsync(new FreeRadiusOptions { Disconnects = (port, Secret) }, Cancel);

        await server.AskAsync("User-Name=alice,User-Password=wonderland", Cancel);
        await site.Gateway.WaitForLogAsync(line => line.Contains("DisconnectRequest of 127.0.0.1: DisconnectAck", StringComparison.Ordinal), Cancel);

        Assert.Equal(511, await person.AskGateAsync(Cancel));
    }

    [Fact]
    public async Task A_wrong_secret_gets_silence_and_the_right_one_after_it_an_answer()
    {
        await using var site = await Site.StartAsync(Cancel, settings: Settings);
        using var person = site.Person();
        await person.SignInAsync("alice", "wonderland", Cancel);

        // The first datagram since the start is one that cannot be believed.
        var silent = await RadclientAsync(site, "disconnect", "User-Name = alice", "another secret");
        Assert.DoesNotContain("Received", silent, StringComparison.Ordinal);
        Assert.Equal(200, await person.AskGateAsync(Cancel));

        Assert.Contains("Received Disconnect-ACK", await RadclientAsync(site, "disconnect", "User-Name = alice"), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, site.Gateway.Log, StringComparison.Ordinal);
        Assert.Contains("DisconnectRequest of 127.0.0.1: DisconnectAck, ended ", site.Gateway.Log, StringComparison.Ordinal);
    }

    private static async Task<string> RadclientAsync(Site site, string verb, string attributes, string secret = Secret)
    {
        var client = Component.Require("radclient", "freeradius-utils");
        using var folder = new TemporaryFolder("radclient");
        var request = folder.Write("request", attributes + "\n");
        await using var child = ChildProcess.Start(client, ["-x", "-r", "1", "-t", "3", "-f", request, await site.Gateway.CoaAsync(Cancel), verb, secret]);
        await child.WaitForExitAsync(Cancel);
        return child.Output;
    }

    private static async Task<string> HarnessAsync(Site site, string verb, params string[] arguments)
    {
        var harness = Path.Combine(Repository.OutputOf("NacGateway.Harness"), "nac-harness");
        await using var child = ChildProcess.Start(
            harness,
            ["send", verb, "--server", await site.Gateway.CoaAsync(Cancel), .. arguments],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["NAC_HARNESS_SECRET"] = Secret });
        var exit = await child.WaitForExitAsync(Cancel);
        return exit == 0 ? child.Output : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"nac-harness ended with {exit}:\n{child.Output}"));
    }

    private async Task<(string Key, string? Value)[]> StorageAsync(string provider) => provider == "Sqlite"
        ? []
        : [("Storage:Provider", provider), ("Storage:ConnectionString", await postgreSql.CreateDatabaseAsync(Cancel))];
}
