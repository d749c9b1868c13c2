using Xunit;

namespace NacGateway.Core.Tests.Enforcement.Leases;

/// <summary>Waits, with a bound, for what another thread does.</summary>
internal static class Waiting
{
    public static async Task UntilAsync(Func<bool> condition, Action? turn = null)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            turn?.Invoke();
            Assert.True(await tick.WaitForNextTickAsync(limit.Token));
        }
    }
}
