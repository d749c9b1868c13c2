namespace NacGateway.Core.Policy.Documents;

/// <summary>Reads a role.</summary>
internal static class RoleReader
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(366);

    /// <summary>Null when it has no name; errors of its parts leave the parts out.</summary>
    public static PolicyRole? Read(Part part)
    {
        var fields = part.Fields("name", "limits", "devices", "destinations", "noAnswer");
        var name = fields.TryGetValue("name", out var named) ? ReadName(named) : null;
        if (named is null)
        {
            part.Fail("has no name. Write \"name\": \"...\".");
        }

        var role = new PolicyRole
        {
            Name = name ?? string.Empty,
            Limits = fields.TryGetValue("limits", out var limits) ? ReadLimits(limits) : new SessionLimits(),
            Devices = fields.TryGetValue("devices", out var devices) ? ReadDevices(devices) : null,
            Destinations = fields.TryGetValue("destinations", out var destinations) ? ReadDestinations(destinations) : null,
            Outage = fields.TryGetValue("noAnswer", out var outage) ? ReadOutage(outage, isRoleNeeded: false) : null,
        };
        return name is null ? null : role;
    }

    /// <summary>Reads what is granted when no server answers. That no password is checked must be written down, not only understood.</summary>
    public static OutageRule? ReadOutage(Part part, bool isRoleNeeded)
    {
        var fields = part.Fields("acceptedWithin", "for", "withoutPassword", "role");
        var within = fields.TryGetValue("acceptedWithin", out var ago) ? ago.Duration(TimeSpan.FromHours(1), TimeSpan.FromDays(90)) : null;
        var length = fields.TryGetValue("for", out var span) ? span.Duration(s_shortest, TimeSpan.FromDays(1)) : null;
        var isKnown = fields.TryGetValue("withoutPassword", out var flag) && flag.Flag() == true;
        var role = fields.TryGetValue("role", out var named) ? named.Text(AccessPolicy.LongestRoleName) : null;
        if (!isKnown)
        {
            part.Fail("must have \"withoutPassword\": true, for no password can be checked while no server answers. Write it if that risk is taken, or remove all of it.");
        }

        if (ago is null || span is null || (isRoleNeeded && named is null))
        {
            part.Fail($"needs \"acceptedWithin\", \"for\"{(isRoleNeeded ? " and \"role\"" : string.Empty)}. Write for example \"acceptedWithin\": \"7.00:00:00\", \"for\": \"01:00:00\".");
        }

        return within is { } most && length is { } longest ? new OutageRule(most, longest, role) : null;
    }

    private static string? ReadName(Part part)
    {
        var name = part.Text(AccessPolicy.LongestRoleName);
        if (name is not null && (name.Contains(AccessPolicy.Separator, StringComparison.Ordinal) || name.Trim() != name))
        {
            part.Fail($"must not have '{AccessPolicy.Separator}', nor spaces at its ends. Choose another name.");
            return null;
        }

        return name;
    }

    private static SessionLimits ReadLimits(Part part)
    {
        var fields = part.Fields("sessionTimeout", "idleTimeout", "interimInterval", "uploadRate", "downloadRate", "inputQuota", "outputQuota", "totalQuota", "throttleRate");
        return new SessionLimits
        {
            SessionTimeout = fields.GetValueOrDefault("sessionTimeout")?.Duration(s_shortest, s_longest),
            IdleTimeout = fields.GetValueOrDefault("idleTimeout")?.Duration(s_shortest, s_longest),
            InterimInterval = fields.GetValueOrDefault("interimInterval")?.Duration(s_shortest, TimeSpan.FromDays(1)),
            UploadRate = fields.GetValueOrDefault("uploadRate")?.Amount("bits per second"),
            DownloadRate = fields.GetValueOrDefault("downloadRate")?.Amount("bits per second"),
            InputQuota = fields.GetValueOrDefault("inputQuota")?.Amount("octets"),
            OutputQuota = fields.GetValueOrDefault("outputQuota")?.Amount("octets"),
            TotalQuota = fields.GetValueOrDefault("totalQuota")?.Amount("octets"),
            ThrottleRate = fields.GetValueOrDefault("throttleRate")?.Amount("bits per second"),
        };
    }

    private static DeviceRule? ReadDevices(Part part)
    {
        var fields = part.Fields("most", "oneMore");
        var most = fields.GetValueOrDefault("most")?.Whole(1, 10_000);
        var oneMore = fields.TryGetValue("oneMore", out var choice) ? choice.Choice("refuse", "endOldest") : "refuse";
        if (!fields.ContainsKey("most"))
        {
            part.Fail("has no number. Write \"most\": 2, for example.");
        }

        return most is { } number && oneMore is not null ? new DeviceRule(number, oneMore == "endOldest") : null;
    }

    private static DestinationList ReadDestinations(Part part)
    {
        List<DestinationRule> lines = [];
        foreach (var entry in part.Entries())
        {
            if (entry.Text(300) is not { } text)
            {
                continue;
            }

            if (DestinationRule.TryParse(text, out var line))
            {
                lines.Add(line);
            }
            else
            {
                entry.Fail($"'{text}' is no line of destinations. Write allow or deny, then a name, *.name, an address, a prefix or *, then perhaps :port or :first-last, such as \"deny 10.0.0.0/8\" or \"allow www.example.org:443\"; IPv6 before a port in brackets.");
            }
        }

        return new DestinationList(lines);
    }
}
