using Xunit;

namespace NacGateway.Web.Tests.Admin.Sessions;

/// <summary>A gateway with a thousand sessions of its own, a hundred of them open, some of people with hostile names.</summary>
public sealed class SessionsSite : IAsyncLifetime
{
    public DeskSite Desk { get; } = new() { Seed = database => DeskSeed.SessionsAsync(database, 1000, TimeProvider.System.GetUtcNow()) };

    public ValueTask InitializeAsync() => Desk.InitializeAsync();

    public ValueTask DisposeAsync() => Desk.DisposeAsync();
}
