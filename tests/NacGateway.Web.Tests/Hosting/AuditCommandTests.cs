using Microsoft.Data.Sqlite;
using NacGateway.Core.Audit;
using NacGateway.TestKit;
using NacGateway.Web.Tests.Admin;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>The audit trail is verified by the real program, beside a gateway that runs on the same database.</summary>
public sealed class AuditCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Database => $"Data Source={_folder["gateway.db"]}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_trail_is_verified_while_the_gateway_writes_it_and_a_changed_line_is_named()
    {
        await using var site = new DeskSite { More = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storage:ConnectionString"] = Database } };
        await site.InitializeAsync();
        var log = site.Service<AuditLog>();
        for (var number = 0; number < 4; number++)
        {
            await log.RecordAsync(new AuditEntry { Actor = "ada", Action = "session.disconnect", Detail = "why" }, Cancellation);
        }

        var whole = await ExpectAsync(0, "4 lines, whole.");
        var mark = whole.Split('\n').Single(line => line.StartsWith("Last line: ", StringComparison.Ordinal))["Last line: ".Length..].Trim();
        await ExpectAsync(0, "5 lines, whole.", "--read-only", "--expect", mark);
        await ExpectAsync(0, "5 lines, whole.", "--read-only");
        await ExecuteAsync("UPDATE AuditRecords SET Actor = 'mallory' WHERE Sequence = 3");

        await ExpectAsync(1, "Damaged at line 3: it is not what was written: its columns do not give its hash. The 2 lines before are whole.");
        await ExecuteAsync("DELETE FROM AuditRecords WHERE Sequence >= 2");
        await ExpectAsync(1, "Damaged at line 2: it is missing; the trail ended with line 6. The 1 line before is whole.", "--read-only");
    }

    [Fact]
    public async Task What_cannot_be_read_is_neither_whole_nor_damaged()
    {
        await ExpectAsync(2, "error: the audit trail cannot be read", "--read-only");
        await ExpectAsync(2, "--expect takes a line", "--expect", "6:abc");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection(Database);
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task<string> ExpectAsync(int exitCode, string words, params string[] more)
    {
        var (ended, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancellation, ["audit", "verify", .. more, $"--Storage:ConnectionString={Database}", .. GatewayProgram.Serve.Skip(1)]);
        Assert.True(exitCode == ended, $"{ended}: {output}");
        Assert.Contains(words, output, StringComparison.Ordinal);
        return output;
    }
}
