using System.Globalization;
using NacGateway.Core.Administration.Runtime;
using NacGateway.Core.Sessions;
using NacGateway.Web.Gate;

namespace NacGateway.Web.Desk.Rules;

/// <summary>Says whom another value of a setting would concern: the open sessions of this gateway, and clients that are not signed in.</summary>
internal sealed class SettingForecast(SessionTable sessions)
{
    /// <summary>Entries that are told one by one.</summary>
    private const int MostTold = 50;

    public IReadOnlyList<string> Say(RuntimeSetting setting, string before, string after) =>
        before == after ? ["The value in force would stay the same."]
        : setting.Name == GardenSetting.Name ? Garden(GardenSetting.Entries(before), GardenSetting.Entries(after))
        : [Open(setting.Name, after), setting.Effect];

    private List<string> Garden(List<string> before, List<string> after)
    {
        var (gained, lost) = (after.Except(before, StringComparer.OrdinalIgnoreCase).ToList(), before.Except(after, StringComparer.OrdinalIgnoreCase).ToList());
        var garden = new WalledGarden(after);
        List<string> words =
        [
            .. gained.Take(MostTold).Select(entry => $"Clients that are not signed in gain {entry}: {GardenSetting.Meaning(entry)}"),
            .. lost.Take(MostTold).Select(entry => garden.Contains(entry)
                ? $"{entry} goes, and stays open by another entry."
                : $"Clients that are not signed in lose {entry}: their next request to it is answered 511."),
        ];
        if (Math.Max(gained.Count, lost.Count) > MostTold)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"Altogether {gained.Count} entries come and {lost.Count} go."));
        }

        words.Add(string.Create(CultureInfo.InvariantCulture, $"None of the {sessions.Count} open sessions changes: who is signed in is not asked for the garden."));
        return words;
    }

    private string Open(string name, string after)
    {
        var open = sessions.Snapshot();
        return name switch
        {
            "Sessions:MaxPerUser" when int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 => string.Create(
                CultureInfo.InvariantCulture,
                $"None of the {open.Count} open sessions ends. {open.GroupBy(session => session.UserName, StringComparer.OrdinalIgnoreCase).Count(user => user.Count() >= most)} users have that many devices online or more, and could not sign in another one."),
            "Sessions:SessionTimeout" => Longer(open, after, session => session.Limits.SessionTimeout),
            "Sessions:IdleTimeout" => Longer(open, after, session => session.Limits.IdleTimeout),
            _ => string.Create(CultureInfo.InvariantCulture, $"None of the {open.Count} open sessions changes."),
        };
    }

    private static string Longer(IReadOnlyCollection<ActiveSession> open, string after, Func<ActiveSession, TimeSpan?> limit)
    {
        var most = TimeSpan.Parse(after, CultureInfo.InvariantCulture);
        var longer = most > TimeSpan.Zero ? open.Count(session => limit(session) is not { } own || own > most) : 0;
        return string.Create(CultureInfo.InvariantCulture, $"None of the {open.Count} open sessions changes now; {longer} of them have more than this, and keep it.");
    }
}
