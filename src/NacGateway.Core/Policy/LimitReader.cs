using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Policy;

/// <summary>
/// Reads every attribute that limits a session, the standard's and the vendors'. Where several say the same, the strictest counts
/// whatever their order; a limit that cannot be read is a problem, because without it the session would be freer than was meant.
/// </summary>
internal sealed class LimitReader(DateTimeOffset startedAt, TimeZoneInfo zone)
{
    private readonly bool[] _given = new bool[LimitSet.Kinds.Count];
    private readonly Dictionary<(uint Vendor, LimitKind Kind), (uint? Low, uint? High)> _quotas = [];

    /// <summary>What was read; null is unlimited, whether it was said or not.</summary>
    public LimitSet Limits { get; } = new();

    /// <summary>Names of roles, in packet order.</summary>
    public List<string> Roles { get; } = [];

    /// <summary>What was passed over, in words.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Whether the packet says anything about this limit.</summary>
    public bool IsGiven(LimitKind kind) => _given[(int)kind];

    /// <summary>Whether a standard attribute is read here.</summary>
    public static bool Reads(byte type) => type is RadiusAttributeType.SessionTimeout or RadiusAttributeType.IdleTimeout
        or RadiusAttributeType.AcctInterimInterval or RadiusAttributeType.FilterId;

    /// <summary>Reads all of them; the first problem ends it.</summary>
    public LimitProblem? Read(AttributeList attributes)
    {
        foreach (var attribute in attributes)
        {
            var value = attribute.Value.Span;
            if ((attribute.Type == RadiusAttributeType.VendorSpecific ? ReadVendor(value) : ReadStandard(attribute.Type, value)) is { } problem)
            {
                return problem;
            }
        }

        foreach (var ((_, kind), (low, high)) in _quotas)
        {
            var octets = ((UInt128)(high ?? 0) << 32) | (low ?? 0);
            Give(kind, octets == 0 ? null : (long)UInt128.Min(octets, long.MaxValue));
        }

        return null;
    }

    private LimitProblem? ReadStandard(byte type, ReadOnlySpan<byte> value) => type switch
    {
        RadiusAttributeType.SessionTimeout => ReadNumber("Session-Timeout", value, LimitKind.SessionTimeout),
        RadiusAttributeType.IdleTimeout => ReadNumber("Idle-Timeout", value, LimitKind.IdleTimeout),
        RadiusAttributeType.AcctInterimInterval => ReadNumber("Acct-Interim-Interval", value, LimitKind.InterimInterval),
        RadiusAttributeType.FilterId => ReadRole("Filter-Id", value),

        // RFC 4849 section 1.3 and RFC 4675 section 1.3: what cannot be applied must not pass for applied.
        RadiusAttributeType.NasFilterRule => LimitProblem.Unsupported("NAS-Filter-Rule is not applied here; name a role with Filter-Id"),
        RadiusAttributeType.EgressVlanId or RadiusAttributeType.IngressFilters or RadiusAttributeType.EgressVlanName or RadiusAttributeType.UserPriorityTable =>
            LimitProblem.Unsupported("attributes of RFC 4675 (Egress-VLANID, Ingress-Filters, Egress-VLAN-Name, User-Priority-Table) are for switches and not applied here"),
        RadiusAttributeType.FramedManagementProtocol or RadiusAttributeType.ManagementTransportProtection or RadiusAttributeType.ManagementPolicyId or RadiusAttributeType.ManagementPrivilegeLevel =>
            LimitProblem.Unsupported("management of devices (RFC 5607) is not served here"),
        _ => null,
    };

    private LimitProblem? ReadVendor(ReadOnlySpan<byte> value)
    {
        if (!VendorSpecificReader.TryRead(value, out var reader))
        {
            // Some vendors use another layout than RFC 2865 section 5.26 recommends: opaque, and no obstacle.
            Notes.Add("A Vendor-Specific attribute whose parts do not fill it was passed over.");
            return null;
        }

        foreach (var item in reader)
        {
            if (VendorLimit.Find(reader.VendorId, item.Type) is { } limit && ReadVendor(reader.VendorId, limit, item.Value) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private LimitProblem? ReadVendor(uint vendor, VendorLimit limit, ReadOnlySpan<byte> value)
    {
        switch (limit.Form)
        {
            case VendorForm.Rate:
                return ReadNumber(limit.Name, value, limit.Kind, limit.Factor);
            case VendorForm.RatePair:
                return ReadRates(limit.Name, value);
            case VendorForm.Octets or VendorForm.Gigawords:
                return ReadQuota(vendor, limit, value);
            case VendorForm.EndTime:
                ReadEnd(limit.Name, value);
                return null;
            case VendorForm.Role:
                return ReadRole(limit.Name, value);
            default:
                return LimitProblem.Unsupported($"{limit.Name} is not applied here; name a role instead");
        }
    }

    /// <summary>Zero, which would end the session as it begins or stop all traffic, is no limit.</summary>
    private LimitProblem? ReadNumber(string name, ReadOnlySpan<byte> value, LimitKind kind, long factor = 1)
    {
        if (!AttributeValue.TryReadInteger(value, out uint number))
        {
            return NotInteger(name);
        }

        Give(kind, number == 0 ? null : number * factor);
        return null;
    }

    private LimitProblem? ReadRates(string name, ReadOnlySpan<byte> value)
    {
        if (!AttributeValue.TryReadText(value, out var text) || !MikrotikRate.TryParse(text, out var upload, out var download))
        {
            return LimitProblem.Invalid($"{name} is not of the form rx-rate[/tx-rate], such as 512k/2M");
        }

        Give(LimitKind.UploadRate, upload == 0 ? null : upload);
        Give(LimitKind.DownloadRate, download == 0 ? null : download);
        return null;
    }

    private LimitProblem? ReadQuota(uint vendor, VendorLimit limit, ReadOnlySpan<byte> value)
    {
        if (!AttributeValue.TryReadInteger(value, out uint number))
        {
            return NotInteger(limit.Name);
        }

        // Two halves of one number: of several instances the first counts, for there is no telling which belong together.
        var quota = _quotas.GetValueOrDefault((vendor, limit.Kind));
        _quotas[(vendor, limit.Kind)] = limit.Form == VendorForm.Octets ? (quota.Low ?? number, quota.High) : (quota.Low, quota.High ?? number);
        return null;
    }

    private void ReadEnd(string name, ReadOnlySpan<byte> value)
    {
        if (!AttributeValue.TryReadText(value, out var text) || !TerminateTime.TryParse(text, zone, out var end))
        {
            Notes.Add($"{name} is no time of the form YYYY-MM-DDThh:mm:ss with an optional zone and was passed over.");
            return;
        }

        Give(LimitKind.SessionTimeout, Math.Max(0, (long)(end - startedAt).TotalSeconds));
    }

    private LimitProblem? ReadRole(string name, ReadOnlySpan<byte> value)
    {
        if (!AttributeValue.TryReadText(value, out var role) || string.IsNullOrWhiteSpace(role) || role.Any(char.IsControl))
        {
            return LimitProblem.Invalid($"{name} is not a name");
        }

        Roles.Add(role);
        return null;
    }

    private void Give(LimitKind kind, long? value)
    {
        _given[(int)kind] = true;

        // What Session-Timeout itself can hold is 136 years: an instant may lie so far off that a start and it have no sum.
        value = kind == LimitKind.SessionTimeout && value > uint.MaxValue ? uint.MaxValue : value;
        Limits[kind] = LimitSet.Least(Limits[kind], value);
    }

    private static LimitProblem NotInteger(string name) => LimitProblem.Invalid($"{name} does not have 4 octets");
}
