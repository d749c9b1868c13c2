using NacGateway.Core.Insight;
using NacGateway.Core.Storage;
using NacGateway.Radius.Client;

namespace NacGateway.Web.Tests.Admin.Walk;

/// <summary>A day of figures, one a minute: a morning, an afternoon, a server that left off answering, and eight minutes of which nobody knows.</summary>
internal static class FigureSeed
{
    private const string Owner = GatewayIdentity.DefaultName;

    public static async Task AddAsync(GatewayDbContext database, DateTimeOffset now)
    {
        var end = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMinute)).AddMinutes(-2);
        for (var ago = 26 * 60; ago >= 0; ago--)
        {
            if (ago is > 30 and < 39)
            {
                continue;
            }

            var at = end.AddMinutes(-ago);
            var wave = 1 + Math.Sin((ago - 200) / 229.0);
            var noise = ago * 7919 % 13;
            var isOut = ago is > 10 and < 16;
            database.Append(new ActivitySample
            {
                Owner = Owner, At = at, Sessions = 90 + (int)(60 * wave) + noise, Accepted = isOut ? 2 : 8 + (int)(7 * wave) + noise, Challenged = noise / 4, Refused = 1 + noise / 5,
                Unanswered = isOut ? 9 : 0, NotTried = noise == 12 ? 1 : 0, Intercepted = 40 + noise * 6, Forwarded = 2_000 + (int)(1_500 * wave) + noise * 40,
                InputOctets = 60_000_000 + (long)(90_000_000 * wave) + noise * 2_000_000, OutputOctets = 900_000_000 + (long)(1_300_000_000 * wave) + noise * 31_000_000, Outbox = isOut ? 400 - ago * 9 : noise / 6,
            });
            Server("dc-1", at, 14 + wave * 3, noise, isOut ? ServerState.Suspect : ServerState.Alive, timeouts: 0);
            Server("dc-2", at, ago < 120 ? null : 33 + wave * 6, noise, ago < 120 ? ServerState.Dead : ServerState.Alive, timeouts: ago < 120 ? 1 : 0);
        }

        await database.SaveChangesAsync();

        void Server(string name, DateTimeOffset at, double? median, int noise, ServerState state, int timeouts) => database.Append(new ServerSample
        {
            Owner = Owner, Server = name, At = at, State = state, Requests = 10 + noise + timeouts, Timeouts = timeouts, Rejects = noise / 5, Drops = noise == 12 ? 1 : 0,
            P50 = median + noise / 4.0, P95 = median * 1.9 + noise, P99 = median * 2.6 + noise * 2,
        });
    }
}
