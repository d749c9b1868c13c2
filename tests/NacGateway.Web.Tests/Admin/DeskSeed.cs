using System.Globalization;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Web.Tests.Admin;

/// <summary>
/// Sessions as a busy day leaves them, open and ended, with decisions and history; some of their texts are what an attacker would send. The
/// same number gives the same rows, but for the clock.
/// </summary>
internal static class DeskSeed
{
    /// <summary>Texts that must only ever be shown as text.</summary>
    public static IReadOnlyList<string> HostileNames { get; } =
    [
        "<script>window.hit=1</script>",
        "\"><img src=x onerror=window.hit=1>",
        "'-window.hit=1-'",
        "javascript:window.hit=1//",
        "=HYPERLINK(\"http://evil.example\",\"click\")",
        "abc\u202Egpj.exe",
        "{{7*7}}${7*7}<%= 7*7 %>",
        new string('W', 64),
        "</title></textarea></style><svg onload=window.hit=1>",
    ];

    private static readonly string[] s_first = ["lena", "kofi", "julia", "goran", "mika", "aisha", "noah", "zoë", "ravi", "ingrid"];
    private static readonly string[] s_last = ["fischer", "ito", "brandt", "garcia", "nowak", "okafor", "meyer", "søndergaard", "patel", "rossi"];
    private static readonly string[] s_roles = ["staff", "guest", "iot"];

    /// <summary>Adds sessions; of ten the last is open.</summary>
    /// <param name="database">An empty database at its newest schema.</param>
    /// <param name="count">How many.</param>
    /// <param name="now">The newest begin.</param>
    /// <param name="openEvery">Each how manieth is open; 1 for all.</param>
    public static async Task SessionsAsync(GatewayDbContext database, int count, DateTimeOffset now, int openEvery = 10)
    {
        for (var number = 0; number < count; number++)
        {
            var row = Session(number, count, now, isOpen: number % openEvery == openEvery - 1);
            database.Append(row);
            if (number < 1000)
            {
                database.Append(Decision(number, row));
            }

            if (number % 5000 == 4999)
            {
                await database.SaveChangesAsync();
            }
        }

        await database.SaveChangesAsync();
    }

    /// <summary>Refusals for every reason that there is, some of them repeated.</summary>
    public static async Task RefusalsAsync(GatewayDbContext database, DateTimeOffset now)
    {
        string[] outcomes = ["Rejected", "Rejected", "NoAnswer", "WrongSecret", "MissingMessageAuthenticator", "PasswordExpired", "OutsideHours", "AccountDisabled", "Refused", "DeviceLimit", "UnusableAccept", "Throttled"];
        for (var number = 0; number < 120; number++)
        {
            var outcome = outcomes[number % outcomes.Length];
            var user = number < HostileNames.Count ? HostileNames[number] : UserName(number % 7);
            database.Append(new PolicyDecision
            {
                At = now.AddMinutes(-number * 7),
                AcctSessionId = string.Create(CultureInfo.InvariantCulture, $"refused-{number:d5}"),
                UserName = user,
                UserKey = SessionRows.UserKey(user),
                ClientAddress = string.Create(CultureInfo.InvariantCulture, $"10.20.9.{number % 200 + 1}"),
                Outcome = outcome,
                Reference = string.Create(CultureInfo.InvariantCulture, $"7K{number % 10}-{number:d3}"),
                ServerName = outcome == "NoAnswer" ? null : "dc-1",
                ElapsedMilliseconds = outcome == "NoAnswer" ? null : 20 + number,
                ReplyMessage = outcome == "Rejected" ? HostileNames[number % HostileNames.Count] : null,
                IsGranted = false,
                Words = $"7K2-91F: dc-1 rejected it: {HostileNames[number % HostileNames.Count]}. Access was refused. No rule was asked.",
            });
        }

        await database.SaveChangesAsync();
    }

    private static Session Session(int number, int count, DateTimeOffset now, bool isOpen)
    {
        var user = number < HostileNames.Count * 10 && isOpen ? HostileNames[number / 10 % HostileNames.Count] : UserName(number);

        // Open ones began within the last hours; past ones reach back thirty days.
        var startedAt = isOpen ? now.AddSeconds(-5 - number % 20_000) : now.AddSeconds(-(30L * 86_400 * (count - number) / count) - 7200);
        return new Session
        {
            AcctSessionId = string.Create(CultureInfo.InvariantCulture, $"S{number:x8}"),
            UserName = user,
            UserKey = SessionRows.UserKey(user),
            ClientAddress = string.Create(CultureInfo.InvariantCulture, $"10.{20 + number / 65_025 % 200}.{number / 255 % 255}.{number % 255 + 1}"),
            CallingStationId = string.Create(CultureInfo.InvariantCulture, $"{(number % 3 == 0 ? "A2" : "00")}-37-D4-{number / 65_536 % 256:X2}-{number / 256 % 256:X2}-{number % 256:X2}"),
            ServerName = number % 4 == 0 ? "dc-2" : "dc-1",
            StartedAt = startedAt,
            SessionTimeout = 8 * 3600,
            IdleTimeout = 1800,
            InterimInterval = 600,
            Role = s_roles[number % s_roles.Length],
            InputOctets = number * 7919L % 90_000_000,
            OutputOctets = number * 104_729L % 4_000_000_000,
            ReportedAt = isOpen ? now.AddSeconds(-number % 600) : startedAt.AddMinutes(40),
            ActiveAt = isOpen ? now.AddSeconds(-number % 600) : startedAt.AddMinutes(35),
            EndedAt = isOpen ? null : startedAt.AddMinutes(41),
            TerminateCause = isOpen ? null : (number % 3) switch { 0 => AcctTerminateCause.UserRequest, 1 => AcctTerminateCause.IdleTimeout, _ => AcctTerminateCause.SessionTimeout },
        };
    }

    private static PolicyDecision Decision(int number, Session row) => new()
    {
        At = row.StartedAt,
        AcctSessionId = row.AcctSessionId,
        UserName = row.UserName,
        UserKey = row.UserKey,
        ClientAddress = row.ClientAddress,
        CallingStationId = row.CallingStationId,
        Outcome = "SignedIn",
        Reference = string.Create(CultureInfo.InvariantCulture, $"9Q{number % 10}-{number % 1000:d3}"),
        ServerName = row.ServerName,
        ElapsedMilliseconds = 12 + number % 60,
        Rule = number % 2 == 0 ? "staff by realm" : null,
        Role = row.Role,
        IsGranted = true,
        Words = $"{row.ServerName} accepted. Rule 'staff by realm' held. Access was granted.",
    };

    private static string UserName(int number) => number % 5 == 4
        ? string.Create(CultureInfo.InvariantCulture, $"guest-{10_000 + number * 7919 % 89_999}")
        : $"{s_first[number % s_first.Length]}.{s_last[number / 10 % s_last.Length]}";
}
