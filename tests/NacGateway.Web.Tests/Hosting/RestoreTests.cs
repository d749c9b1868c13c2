using Microsoft.Data.Sqlite;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>A backup comes back whole, and whatever is wrong with it, the database that was there stays.</summary>
public sealed class RestoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("restore");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Database => _folder["data/nacgateway.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_backed_up_comes_back_and_what_was_there_is_kept_beside()
    {
        await RunAsync(0, "migrate");
        await NoteAsync("before");
        var backup = await RunAsync(0, "backup", "copy.db");
        await NoteAsync("after");

        var output = await RunAsync(0, "restore", "copy.db");

        Assert.Contains("desk.key", backup, StringComparison.Ordinal);
        Assert.Contains("The backup is whole.", output, StringComparison.Ordinal);
        Assert.Equal(["before"], await NotesAsync(Database));
        var kept = Assert.Single(Directory.GetFiles(_folder["data"], "nacgateway.db.replaced-*"));
        Assert.Equal(["before", "after"], await NotesAsync(kept));
        Assert.Empty(Directory.GetFiles(_folder["data"], "*.restoring*"));
        Assert.Equal("", await ChildProcess.RunAsync("/usr/bin/find", [_folder["data"], _folder["copy.db"], "-type", "f", "-perm", "/077"], Cancel));
    }

    [Fact]
    public async Task A_backup_is_not_replaced_unless_that_is_asked_for()
    {
        await RunAsync(0, "migrate");
        await RunAsync(0, "backup", "copy.db");
        await NoteAsync("later");

        Assert.Contains("--force", await RunAsync(1, "backup", "copy.db"), StringComparison.Ordinal);
        await RunAsync(0, "backup", "copy.db", "--force");

        Assert.Equal(["later"], await NotesAsync(_folder["copy.db"]));
        Assert.Single(Directory.GetFiles(_folder.FullName, "copy.db*"));
    }

    [Theory]
    [InlineData("damaged", "damaged")]
    [InlineData("text", "not a database")]
    [InlineData("other", "none of a gateway")]
    [InlineData("newer", "29991231235959_Later")]
    [InlineData("cut", "malformed")]
    public async Task What_is_no_good_backup_is_refused_and_changes_nothing(string kind, string expected)
    {
        await RunAsync(0, "migrate");
        await NoteAsync("here");
        await RunAsync(0, "backup", "bad.db");
        await SpoilAsync(kind, _folder["bad.db"]);

        var output = await RunAsync(1, "restore", "bad.db");

        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Equal(["here"], await NotesAsync(Database));
        Assert.Empty(Directory.GetFiles(_folder["data"], "*.restoring*"));
    }

    [Fact]
    public async Task A_database_that_a_gateway_uses_is_not_replaced()
    {
        await RunAsync(0, "migrate");
        await RunAsync(0, "backup", "copy.db");
        await using var gateway = GatewayProgram.Start(_folder.FullName, GatewayProgram.Serve);
        await gateway.ListeningAsync("Gate", Cancel);

        Assert.Contains("Another gateway seems to run", await RunAsync(1, "restore", "copy.db"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kill_in_the_middle_leaves_a_whole_database()
    {
        await RunAsync(0, "migrate");
        await NoteAsync("old", ballast: 20_000_000);
        await RunAsync(0, "backup", "copy.db");
        await NoteAsync("new");

        for (var round = 0; round < 4; round++)
        {
            await using var restore = GatewayProgram.Start(_folder.FullName, [.. Arguments("restore", "copy.db")]);
            await restore.WaitForLineAsync(line => line.Contains(round % 2 == 0 ? "Reading" : "is whole", StringComparison.Ordinal), Cancel);
            await restore.StopAsync("KILL");
            var notes = await NotesAsync(Database);
            Assert.True(notes is ["old"] or ["old", "new"], string.Join(' ', notes));
        }

        await RunAsync(0, "restore", "copy.db");
        Assert.Equal(["old"], await NotesAsync(Database));
    }

    private static async Task SpoilAsync(string kind, string file)
    {
        switch (kind)
        {
            case "damaged":
                await using (var stream = File.OpenWrite(file))
                {
                    // Past the schema's pages: the header and the names of the tables are whole.
                    stream.Position = stream.Length / 2;
                    await stream.WriteAsync(Enumerable.Repeat((byte)0xA5, 20_000).ToArray(), Cancel);
                }

                break;
            case "cut":
                await using (var stream = File.OpenWrite(file))
                {
                    stream.SetLength(stream.Length / 2);
                }

                break;
            case "text":
                await File.WriteAllTextAsync(file, new string('x', 10_000), Cancel);
                break;
            case "other":
                File.Delete(file);
                await ExecuteAsync(file, "CREATE TABLE Songs (Name TEXT)");
                break;
            default:
                await ExecuteAsync(file, "INSERT INTO __EFMigrationsHistory VALUES ('29991231235959_Later', '99.0.0')");
                break;
        }
    }

    private static async Task ExecuteAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task<List<string>> NotesAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT Name FROM Notes ORDER BY rowid";
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        List<string> notes = [];
        while (await reader.ReadAsync(Cancel))
        {
            notes.Add(reader.GetString(0));
        }

        return notes;
    }

    private static IEnumerable<string> Arguments(params string[] command) => [.. command, .. GatewayProgram.Serve[1..]];

    /// <summary>A table of the test's own tells the databases apart.</summary>
    private Task NoteAsync(string name, int ballast = 1) =>
        ExecuteAsync(Database, $"CREATE TABLE IF NOT EXISTS Notes (Name TEXT, Ballast BLOB); INSERT INTO Notes VALUES ('{name}', zeroblob({ballast}))");

    private async Task<string> RunAsync(int expected, params string[] command)
    {
        var (exitCode, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancel, [.. Arguments(command)]);
        Assert.True(exitCode == expected, $"{string.Join(' ', command)} ended with {exitCode}:\n{output}");
        return output;
    }
}
