using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Sessions;

/// <summary>What holds for every order in which one user's devices sign in and log off. The seed is the test's argument.</summary>
public sealed class DeviceRulePropertyTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StorageProvider.Sqlite, 1, true)]
    [InlineData(StorageProvider.Sqlite, 2, false)]
    [InlineData(StorageProvider.PostgreSql, 3, true)]
    [InlineData(StorageProvider.PostgreSql, 4, false)]
    public async Task A_device_never_locks_itself_out_and_no_more_than_allowed_are_online(StorageProvider provider, int seed, bool endOldest)
    {
        var random = new Random(seed);
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        List<string> online = [];
        for (var step = 0; step < 40; step++)
        {
            var rule = new DeviceRule(random.Next(1, 4), endOldest);
            var device = $"02-00-5E-00-53-0{random.Next(5)}";

            // The same device comes back under any address that nobody else has.
            var opening = Openings.Of(client: $"192.0.2.{step + 1}") with { Devices = rule, CallingStationId = device };
            gateway.Time.Advance(TimeSpan.FromMilliseconds(10));
            var outcome = await gateway.Sessions.OpenAsync(opening, Token);

            var others = online.Where(other => other != device).ToList();
            var isAdmitted = others.Count < rule.Most || endOldest;
            Assert.Equal(isAdmitted, outcome is OpenOutcome.Opened);
            if (isAdmitted)
            {
                online = [.. others.Skip(Math.Max(0, others.Count - rule.Most + 1)), device];
            }

            Assert.Equal(
                string.Join(' ', online),
                string.Join(' ', gateway.Table.Snapshot().OrderBy(session => session.StartedAt).Select(session => session.CallingStationId)));
        }
    }
}
