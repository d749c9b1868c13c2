using NacGateway.Core.Policy.Conditions;

namespace NacGateway.Core.Policy.Documents;

/// <summary>Reads the conditions of a rule. One whose entries are all wrong is left out, with its errors noted.</summary>
/// <param name="zone">Zone of windows that name none; null for the gateway's own.</param>
/// <param name="group">The attribute that holds groups.</param>
internal sealed class ConditionReader(TimeZoneInfo? zone, string group)
{
    private const int LongestText = 253;

    private readonly WindowReader _windows = new(zone);

    public IReadOnlyList<ICondition> Read(Part part)
    {
        var fields = part.Fields("user", "realm", "group", "reply", "calledStation", "ssid", "device", "address", "time");
        if (fields.Count == 0)
        {
            part.Fail("has no condition. Write at least one, or remove it: a rule without it always holds.");
        }

        List<ICondition> conditions = [];
        foreach (var (name, field) in fields)
        {
            conditions.AddRange(name switch
            {
                "user" => [new UserCondition(Patterns(field))],
                "realm" => [new RealmCondition(Patterns(field, shortest: 0))],
                "group" => ReplyReader.ReadGroup(field, group),
                "reply" => ReplyReader.Read(field),
                "calledStation" => [new CalledStationCondition(Patterns(field))],
                "ssid" => [new SsidCondition(Patterns(field, ignoresCase: false))],
                "device" => [new DeviceCondition(Devices(field))],
                "address" => [new AddressCondition(Addresses(field))],
                _ => (IEnumerable<ICondition>)[new TimeCondition([.. field.Entries().Select(_windows.Read).OfType<TimeWindow>()])],
            });
        }

        return conditions;
    }

    private static List<TextPattern> Patterns(Part part, bool ignoresCase = true, int shortest = 1) =>
        [.. part.Entries().Select(entry => entry.Text(LongestText, shortest)).OfType<string>().Select(text => new TextPattern(text, ignoresCase))];

    private static List<string> Devices(Part part)
    {
        List<string> beginnings = [];
        foreach (var entry in part.Entries())
        {
            if (entry.Text(LongestText) is { } text)
            {
                if (StationId.TryReadDigits(text, out var digits))
                {
                    beginnings.Add(digits);
                }
                else
                {
                    entry.Fail($"'{text}' is no MAC address and no beginning of one. Write for example \"02-00-5E-00-53-01\" or \"02-00-5E\".");
                }
            }
        }

        return beginnings;
    }

    private static List<(NetworkPrefix Prefix, string Text)> Addresses(Part part)
    {
        List<(NetworkPrefix Prefix, string Text)> ranges = [];
        foreach (var entry in part.Entries())
        {
            if (entry.Text(LongestText) is { } text)
            {
                if (NetworkPrefix.TryParse(text, out var prefix))
                {
                    ranges.Add((prefix, text));
                }
                else
                {
                    entry.Fail($"'{text}' is no address and no prefix. Write for example \"192.0.2.0/24\" or \"2001:db8::/32\".");
                }
            }
        }

        return ranges;
    }
}
