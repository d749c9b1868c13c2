using Xunit;

namespace NacGateway.Web.Tests.Gate.Forwarding;

/// <summary>One gate with its defaults for all tests of a class; each brings clients and origins of its own.</summary>
public sealed class SharedSite : IAsyncLifetime
{
    internal GateSite Site { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Site = await GateSite.StartAsync();

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
