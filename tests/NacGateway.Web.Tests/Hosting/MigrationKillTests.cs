using System.Globalization;
using Microsoft.Data.Sqlite;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Web.Tests.Hosting;

/// <summary>kill -9 in the middle of an upgrade of the real program: the next start goes on where it was.</summary>
public sealed class MigrationKillTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("killed");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_migration_that_was_killed_is_finished_by_the_next_one(int done)
    {
        string[] migrate = ["migrate", .. GatewayProgram.Serve[1..]];
        await using (var killed = GatewayProgram.Start(_folder.FullName, migrate))
        {
            await UntilDoneAsync(killed, done);
            await killed.StopAsync("KILL");
        }

        var (exitCode, output) = await GatewayProgram.RunAsync(_folder.FullName, Cancel, migrate).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, Cancel);

        Assert.True(exitCode == 0, output);
        var (again, words) = await GatewayProgram.RunAsync(_folder.FullName, Cancel, migrate);
        Assert.Equal(0, again);
        Assert.Contains("this version's schema already", words, StringComparison.Ordinal);
    }

    /// <summary>Until the lock of the migration is taken and so many migrations are made, or the program was faster.</summary>
    private async Task UntilDoneAsync(ChildProcess program, int done)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!program.HasEnded && await CountAsync() is var count && (count is null || count < done))
        {
            await tick.WaitForNextTickAsync(Cancel);
        }
    }

    private async Task<int?> CountAsync()
    {
        try
        {
            await using var connection = new SqliteConnection($"Data Source={_folder["data/nacgateway.db"]};Mode=ReadOnly;Pooling=False");
            await connection.OpenAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM __EFMigrationsHistory";
            return Convert.ToInt32(await command.ExecuteScalarAsync(Cancel), CultureInfo.InvariantCulture);
        }
        catch (SqliteException)
        {
            // Not made yet, or locked for a moment.
            return null;
        }
    }
}
