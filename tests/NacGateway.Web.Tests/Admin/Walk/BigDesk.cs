using Xunit;

namespace NacGateway.Web.Tests.Admin.Walk;

/// <summary>A gateway with a hundred thousand sessions, all of them open.</summary>
public sealed class BigDesk : IAsyncLifetime
{
    public const int Sessions = 100_000;

    public DeskSite Desk { get; } = new()
    {
        Seed = async database =>
        {
            await using var transaction = await database.Database.BeginTransactionAsync();
            await DeskSeed.SessionsAsync(database, Sessions, TimeProvider.System.GetUtcNow(), openEvery: 1);
            await transaction.CommitAsync();
        },
    };

    public ValueTask InitializeAsync() => Desk.InitializeAsync();

    public ValueTask DisposeAsync() => Desk.DisposeAsync();
}
