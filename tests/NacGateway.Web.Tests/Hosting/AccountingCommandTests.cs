using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Storage;
using NacGateway.Migrations.Sqlite;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>What was set aside is shown and put back by the command, and shown by the health page of a gateway that runs on the same database.</summary>
public sealed class AccountingCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string ConnectionString => $"Data Source={_folder["gateway.db"]}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_record_that_was_set_aside_is_listed_with_its_reason_and_put_back_once()
    {
        await SetAsideAsync();

        var listed = await RunAsync("accounting", "list");
        var putBack = await RunAsync("accounting", "retry", "1");
        var again = await RunAsync("accounting", "retry", "1");
        var rest = await RunAsync("accounting", "list");

        Assert.Equal(0, listed.ExitCode);
        Assert.Contains("1  Start of lost", listed.Output, StringComparison.Ordinal);
        Assert.Contains("it was gnawed at", listed.Output, StringComparison.Ordinal);
        Assert.Equal((0, 1), (putBack.ExitCode, again.ExitCode));
        Assert.Contains("No record is set aside.", rest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_was_set_aside_is_discarded_once()
    {
        await SetAsideAsync();

        var discarded = await RunAsync("accounting", "discard", "1");
        var again = await RunAsync("accounting", "discard", "1");

        Assert.Equal((0, 1), (discarded.ExitCode, again.ExitCode));
        Assert.Contains("Record 1 is deleted.", discarded.Output, StringComparison.Ordinal);
        Assert.Contains("No record is set aside.", (await RunAsync("accounting", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_health_page_shows_what_is_set_aside_and_what_waits_and_people_can_still_sign_in()
    {
        await SetAsideAsync();
        await using var program = GatewayProgram.Start(_folder.FullName, [.. GatewayProgram.Serve, $"--Storage:ConnectionString={ConnectionString}", "--Accounting:Enabled=true"]);
        var admin = await program.ListeningAsync("Admin", Cancellation);
        using var client = new HttpClient();

        using var response = await client.GetAsync(new Uri(admin, "/healthz/ready"), Cancellation);
        var health = await response.Content.ReadAsStringAsync(Cancellation);
        var metrics = await client.GetStringAsync(new Uri(admin, "/metrics"), Cancellation);

        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"accounting\":{\"status\":\"degraded\"", health, StringComparison.Ordinal);
        Assert.Contains("1 set aside as damaged: 1 (Start of lost: it was gnawed at)", health, StringComparison.Ordinal);
        Assert.Contains("1 record waits to be acknowledged", health, StringComparison.Ordinal);
        Assert.Contains("nacgateway_accounting_waiting", metrics, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output)> RunAsync(params string[] command) =>
        GatewayProgram.RunAsync(_folder.FullName, Cancellation, [.. command, .. GatewayProgram.Serve[1..], $"--Storage:ConnectionString={ConnectionString}"]);

    private async Task SetAsideAsync()
    {
        var options = new DbContextOptionsBuilder<GatewayDbContext>();
        SqliteStorage.Use(options, ConnectionString);
        await using var database = new GatewayDbContext(options.Options);
        await database.Database.MigrateAsync(Cancellation);
        database.Add(new AccountingRecord
        {
            Owner = GatewayIdentity.DefaultName,
            AcctSessionId = "lost",
            Status = AcctStatusType.Start,
            EventAt = DateTimeOffset.UnixEpoch,
            Attributes = [40],
            SetAsideAt = DateTimeOffset.UnixEpoch,
            SetAsideReason = "it was gnawed at",
        });
        await database.SaveChangesAsync(Cancellation);
    }
}
