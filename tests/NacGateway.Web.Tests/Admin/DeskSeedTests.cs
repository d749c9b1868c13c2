using NacGateway.Core.Sessions;
using Xunit;

namespace NacGateway.Web.Tests.Admin;

/// <summary>What the desk's tests begin from is there, and the gateway has taken up what is open.</summary>
public sealed class DeskSeedTests
{
    [Fact]
    public async Task Open_sessions_of_the_seed_are_open_at_the_gate()
    {
        await using var site = new DeskSite { Seed = database => DeskSeed.SessionsAsync(database, 1000, TimeProvider.System.GetUtcNow()) };
        await site.InitializeAsync();

        Assert.Equal(100, site.Service<SessionTable>().Count);
    }
}
