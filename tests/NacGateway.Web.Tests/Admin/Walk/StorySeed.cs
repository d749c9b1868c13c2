using System.Globalization;
using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Web.Tests.Admin.Walk;

/// <summary>Two sessions of which everything is known, one of a plain person and one whose every text is hostile; and those of another gateway.</summary>
internal static class StorySeed
{
    /// <summary>Of lena.fischer: tried twice, signed in, changed, told, plotted with a gap.</summary>
    public const string Plain = "STORY-PLAIN";

    /// <summary>Of somebody whose name, browser, hosts and messages are markup, by IPv6.</summary>
    public const string Hostile = "STORY-HOSTILE";

    /// <summary>The plain one's device.</summary>
    public const string Device = "A2-37-D4-84-7E-4D";

    private const string Markup = "<script>window.hit=1</script>";
    private const string Reversed = "\u202Egpj.exe <img src=x onerror=window.hit=1>";

    public static async Task AddAsync(GatewayDbContext database, DateTimeOffset now)
    {
        Story(database, Plain, "lena.fischer", "10.20.4.118", Device, now.AddMinutes(-134), "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) CaptiveNetworkSupport", "captive.apple.com", "Try again");
        Story(database, Hostile, Markup, "2001:db8:4:5f:aa37:d4ff:fe84:7e4d", "00-37-D4-84-7E-4E", now.AddMinutes(-71), Reversed, Markup + ".example", Reversed);
        await database.SaveChangesAsync();
    }

    /// <summary>Sessions of another gateway on the same database; while this one runs, for at its start it would take over what nobody else holds.</summary>
    public static async Task AddElsewhereAsync(GatewayDbContext database, DateTimeOffset now)
    {
        for (var number = 0; number < 22; number++)
        {
            database.Append(Elsewhere(number, now));
        }

        await database.SaveChangesAsync();
    }

    /// <summary>How the client came, its tries, the session and all that was written down about it since.</summary>
    private static void Story(GatewayDbContext database, string id, string user, string address, string device, DateTimeOffset start, string agent, string host, string message)
    {
        var key = SessionRows.UserKey(user);
        var arrival = new ClientArrival
        {
            UserAgent = agent,
            Requests = 7,
            First = new ArrivalContact(start.AddSeconds(-65), ArrivalAnswer.Probe, host, 3),
            Last = [new ArrivalContact(start.AddSeconds(-62), ArrivalAnswer.Redirect, host, 1), new ArrivalContact(start.AddSeconds(-50), ArrivalAnswer.SignIn, host, 3)],
            PortalOpenedAt = start.AddSeconds(-48),
        };
        database.Append(new Session
        {
            AcctSessionId = id, UserName = user, UserKey = key, ClientAddress = address, CallingStationId = device, ServerName = "dc-1", StartedAt = start, Role = "staff",
            SessionTimeout = 8 * 3600, IdleTimeout = 1800, InterimInterval = 600, DownloadRate = 20_000_000, TotalQuota = 20_000_000_000, InputOctets = 81_000_000, OutputOctets = 1_290_000_000,
            ReportedAt = start.AddMinutes(60), ActiveAt = start.AddMinutes(60), Message = message, Notice = message,
        });
        database.Append(Try(id + "-1", "Rejected", start.AddSeconds(-29)) with { ReplyMessage = message, Words = $"dc-1 answered Access-Reject: {message}. No rule was asked." });
        database.Append(Try(id + "-2", "Challenged", start.AddSeconds(-16)) with { ReplyMessage = message, Words = $"dc-1 asked: {message}" });
        database.Append(Try(id, "SignedIn", start) with { IsGranted = true, Rule = "staff by realm", Role = "staff", PolicyVersion = 1, Words = "dc-1 accepted. Rule 'staff by realm' held. Access was granted." });
        for (var minute = 0; minute < 60; minute++)
        {
            if (minute is < 24 or > 37)
            {
                database.Append(new SessionTraffic { AcctSessionId = id, At = start.AddMinutes(minute), InputOctets = 1_350_000L * minute, OutputOctets = 21_500_000L * minute + 9_000_000L * (minute * minute % 7) });
            }
        }

        database.Append(new SessionEvent { AcctSessionId = id, At = start.AddMinutes(22), Kind = SessionEventKind.Changed, By = user == Markup ? Markup : "k.ito", Text = "Role from 'guest' to 'staff'. Rate down from 5 Mb/s to 20 Mb/s." });
        database.Append(new SessionEvent { AcctSessionId = id, At = start.AddMinutes(31), Kind = SessionEventKind.Refused, By = "CoA client 192.0.2.21", Text = "Asked for Filter-Id 'quarantine 2', which is no role here; answered CoA-NAK." });
        database.Append(new SessionEvent { AcctSessionId = id, At = start.AddMinutes(44), Kind = SessionEventKind.Told, By = "m.okafor", Text = message });
        for (var number = 0; number < 6; number++)
        {
            var at = start.AddMinutes(10 * number);
            database.Append(new AccountingDelivery { AcctSessionId = id, Status = number == 0 ? AcctStatusType.Start : AcctStatusType.InterimUpdate, EventAt = at, DeliveredAt = at.AddSeconds(number == 3 ? 340 : 0.04), ServerName = number == 3 ? "dc-2" : "dc-1" });
        }

        PolicyDecision Try(string session, string outcome, DateTimeOffset at) => new()
        {
            At = at, AcctSessionId = session, UserName = user, UserKey = key, ClientAddress = address, CallingStationId = device, Outcome = outcome,
            Reference = "7K2-91F", ServerName = "dc-1", ElapsedMilliseconds = 41, Arrival = arrival.ToJson(), IsGranted = false, Words = "",
        };
    }

    /// <summary>Open at a gateway that shares the database: idle ones, and stale ones that it has not reported for long.</summary>
    private static Session Elsewhere(int number, DateTimeOffset now)
    {
        var isStale = number % 2 == 0;
        var user = number < DeskSeed.HostileNames.Count ? DeskSeed.HostileNames[number] : string.Create(CultureInfo.InvariantCulture, $"visitor-{1000 + number * 37}");
        return new Session
        {
            Owner = "gateway-2",
            AcctSessionId = string.Create(CultureInfo.InvariantCulture, $"T{number:x8}"),
            UserName = user,
            UserKey = SessionRows.UserKey(user),
            ClientAddress = number % 3 == 0 ? string.Create(CultureInfo.InvariantCulture, $"2001:db8:20::{number + 1:x}") : string.Create(CultureInfo.InvariantCulture, $"10.30.0.{number + 1}"),
            ServerName = "dc-1",
            StartedAt = now.AddMinutes(-300 - number),
            Role = "guest",
            InterimInterval = 600,
            SessionTimeout = 12 * 3600,
            InputOctets = 4_000_000 + number * 70_000,
            OutputOctets = 90_000_000 + number * 1_900_000,
            ReportedAt = now.AddMinutes(isStale ? -90 : -4),
            ActiveAt = now.AddMinutes(isStale ? -95 : -12),
        };
    }
}
