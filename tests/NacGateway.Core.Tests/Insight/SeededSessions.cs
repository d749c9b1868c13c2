using System.Net;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using Xunit;

namespace NacGateway.Core.Tests.Insight;

/// <summary>Sessions as rows of a database, made to be searched for.</summary>
internal static class SeededSessions
{
    public static Session Row(string user, string address, DateTimeOffset startedAt, string? mac = null, string owner = "nacgateway", TimeSpan? lasted = null) => Row(user, address, startedAt, new SessionLimits(), mac, owner, lasted);

    public static Session Row(string user, string address, DateTimeOffset startedAt, SessionLimits limits, string? mac = null, string owner = "nacgateway", TimeSpan? lasted = null, string server = "main")
    {
        var row = SessionRows.ToRow(
            new SessionOpening
            {
                AcctSessionId = Guid.NewGuid().ToString("N"),
                UserName = user,
                ClientAddress = IPAddress.Parse(address),
                CallingStationId = mac,
                Limits = limits,
                ServerName = server,
            },
            startedAt,
            owner);
        if (lasted is { } span)
        {
            row.EndedAt = startedAt + span;
            row.TerminateCause = AcctTerminateCause.UserRequest;
        }

        return row;
    }

    public static Task SeedAsync(this Gateways gateway, params IEnumerable<Session> rows) => gateway.ReadAsync(async database =>
    {
        database.AddRange(rows);
        return await database.SaveChangesAsync(TestContext.Current.CancellationToken);
    });

    /// <summary>Puts sessions that are in the database into the gateway's memory, as its start does.</summary>
    public static void Hold(this Gateways gateway, params IEnumerable<Session> rows)
    {
        foreach (var row in rows)
        {
            gateway.Table.Put(SessionRows.ToActive(row, gateway.Time));
        }
    }
}
