using Xunit;

namespace NacGateway.Web.Tests.Admin.People;

/// <summary>A desk with two hundred sessions and refusals of every kind.</summary>
public sealed class PeopleSite : IAsyncLifetime
{
    public DeskSite Site { get; } = new()
    {
        Seed = async database =>
        {
            var now = TimeProvider.System.GetUtcNow();
            await DeskSeed.SessionsAsync(database, 200, now);
            await DeskSeed.RefusalsAsync(database, now);
        },
    };

    public ValueTask InitializeAsync() => Site.InitializeAsync();

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
