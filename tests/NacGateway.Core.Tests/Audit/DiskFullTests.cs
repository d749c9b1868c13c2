using Microsoft.Data.Sqlite;
using NacGateway.Core.Administration;
using NacGateway.Core.Audit;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Audit;

/// <summary>What cannot be recorded is not done: on a full disk nobody signs in, and no account or key changes.</summary>
public sealed class DiskFullTests(PostgreSqlServer postgres)
{
    private const int SqliteFull = 13;

    private static readonly AuditEntry s_line = new() { Actor = "ada", Action = "administrator.role" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_act_is_done_and_afterwards_all_goes_on()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var accounts = gateway.Get<AdministratorAccounts>();
        await accounts.AddAsync(new NewAdministrator { Name = "ada", PasswordHash = "x", Role = DeskRole.Administrator }, s_line, Cancellation);
        var ada = (await accounts.FindAsync("ADA", Cancellation))!;
        gateway.Faults.Commit = () => throw new SqliteException("database or disk is full", SqliteFull);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => gateway.Get<AuditLog>().RecordAsync(s_line, Cancellation));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => accounts.ChangeRoleAsync(ada.Id, DeskRole.Viewer, evenTheLast: true, s_line, Cancellation));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => gateway.Get<ApiKeys>().MakeAsync("key", DeskRole.Viewer, TimeSpan.FromDays(1), s_line, Cancellation));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => gateway.Get<AdminSessions>().BeginAsync(Session(gateway), ada.Id, timeStep: null, s_line, Cancellation));

        gateway.Faults.Commit = null;
        Assert.Equal(DeskRole.Administrator, (await accounts.FindAsync(ada.Id, Cancellation))!.Role);
        Assert.Empty(await gateway.Get<ApiKeys>().ListAsync(Cancellation));
        Assert.Null(await gateway.Get<AdminSessions>().FindAsync(new byte[32], Cancellation));
        Assert.Equal("1 line, whole.", (await gateway.Get<AuditVerification>().RunAsync(Cancellation)).ToString());
        Assert.True(await gateway.Get<AdminSessions>().BeginAsync(Session(gateway), ada.Id, timeStep: null, s_line, Cancellation));
    }

    private static AdminSession Session(Gateways gateway) => new()
    {
        TokenHash = new byte[32],
        Name = "ada",
        Role = DeskRole.Administrator,
        Origin = AdminSession.Local,
        StartedAt = gateway.Time.GetUtcNow(),
        SeenAt = gateway.Time.GetUtcNow(),
        ExpiresAt = gateway.Time.GetUtcNow().AddHours(1),
        Source = "127.0.0.1",
    };
}
