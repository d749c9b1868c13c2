using NacGateway.Core.Storage;
using NacGateway.Web.Admin.Frame;

namespace NacGateway.Web.Tests.Admin.Walk;

/// <summary>Every page of the desk, as an administrator comes to it.</summary>
internal static class DeskPages
{
    /// <summary>Sections and the pages behind them, for the rows that the seed leaves.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. DeskSection.All.Select(section => section.Path),
        "/sessions?q=guest&state=active",
        "/sessions?q=nobody-of-this-name",
        "/sessions?sort=bogus&size=7",
        "/sessions/S00000009",
        "/sessions/S00000010",
        "/people?q=lena",
        "/people/person?user=LENA.FISCHER",
        "/people/person?user=%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E",
        "/people/device?mac=A2-37-D4-00-00-09",
        "/people/address?ip=10.20.0.10&at=2026-11-24T14:03",
        "/decisions?outcome=Rejected",
        "/decisions/1",
        "/decisions/1001",
        "/simulator",
        "/radius/dc-1",
        "/radius/test",
        "/policies/edit",
        "/policies/history",
        "/me",

        // What was written by the running gateway; RichDesk knows the ids.
        "/sessions/{signed-in}",
        "/sessions/{signed-in}?show=accounting",
        $"/sessions/{StorySeed.Plain}",
        $"/sessions/{StorySeed.Hostile}",
        "/sessions?state=stale,idle&sort=user&dir=desc",
        "/sessions?state=any&range=7d&cols=state,ip,mac,rate,uprate,down,up,lasted,active,ends,ended,cause,gateway,id",
        "/sessions?state=any&size=500",
        "/decisions/{granted}",
        "/decisions/{challenged}",
        "/decisions/{rejected}",
        "/decisions/{hostile}",
        "/people/person?user=alice",
        $"/people/device?mac={StorySeed.Device}",
        "/people/address?ip=2001:db8:4:5f:aa37:d4ff:fe84:7e4d",
        "/overview?range=24h",
        "/overview?range=9y",
        "/radius?range=24h",
        "/radius/dc-2",
        "/radius/dc-3?range=24h",
        "/radius/test?server=dc-2",
        "/garden?host=pay.example",
        "/garden?host=%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E",
        "/settings/value?name=WalledGarden:Hosts",
        "/settings/value?name=Sessions:MaxPerUser",
        "/settings/admins",
        "/settings/admins/1",
        "/settings/api-keys",
        "/simulator?user=alice&ip=10.0.0.7&attr=Idle-Timeout+%3D+600",
        "/simulator?user=%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E&ip=10.0.0.7",
        "/policies/history/1",
        "/policies/history/2",
        "/audit/1",
        "/audit?q=%3Cscript%3Ewindow.hit%3D1%3C%2Fscript%3E",
    ];

    /// <summary>A thousand sessions and the refusals of a day.</summary>
    public static Task SeedAsync(GatewayDbContext database) => SeedAsync(database, 1000);

    public static async Task SeedAsync(GatewayDbContext database, int sessions)
    {
        var now = TimeProvider.System.GetUtcNow();
        await DeskSeed.SessionsAsync(database, sessions, now);
        await DeskSeed.RefusalsAsync(database, now);
    }
}
