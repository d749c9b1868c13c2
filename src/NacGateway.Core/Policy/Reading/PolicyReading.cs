using System.Globalization;
using NacGateway.Core.Policy.Conditions;

namespace NacGateway.Core.Policy.Reading;

/// <summary>Rules and roles in words, for those who have to live under them. What stands in it was written by administrators.</summary>
public sealed record PolicyReading
{
    /// <summary>The rules in their order.</summary>
    public required IReadOnlyList<RuleReading> Rules { get; init; }

    /// <summary>The roles in the order in which they are written.</summary>
    public required IReadOnlyList<RoleReading> Roles { get; init; }

    /// <summary>What becomes of an Accept that names a role which is not there, as a sentence.</summary>
    public required string UnknownRoles { get; init; }

    /// <summary>What those without a role get when no server answers, as a sentence.</summary>
    public required string Outage { get; init; }

    /// <summary>Puts rules into words.</summary>
    public static PolicyReading Of(AccessPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new PolicyReading
        {
            Rules = [.. policy.Rules.Select(Of)],
            Roles = [.. policy.Roles.Select(Of)],
            UnknownRoles = policy.IsEmpty || policy.IgnoresUnknownRoles
                ? "A role that the server names and that is not below is passed over."
                : "An Access-Accept that names a role which is not below counts as a Reject.",
            Outage = policy.Outage is null ? "When no server answers, those who had no role get nothing." : "When no server answers, those who had no role " + Words(policy.Outage),
        };
    }

    /// <summary>Limits in words, each as part of a sentence.</summary>
    public static IReadOnlyList<string> Limits(SessionLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var set = new LimitSet(limits);
        return [.. LimitSet.Kinds.Where(kind => set[kind] is not null).Select(kind => LimitWords.Of(kind, set[kind]!.Value))];
    }

    /// <summary>The devices at once, as part of a sentence.</summary>
    public static string Devices(DeviceRule devices) => LimitWords.Of(devices);

    private static RuleReading Of(AccessRule rule) => new()
    {
        Name = rule.Name,
        Conditions = [.. rule.Conditions.Select(condition => condition.Words)],
        IsRefusal = rule.IsRefusal,
        Roles = rule.Roles,
        Message = rule.Message,
        AsksForDevice = rule.Conditions.Any(condition => condition is DeviceCondition),
    };

    private static RoleReading Of(PolicyRole role) => new()
    {
        Name = role.Name,
        Limits = [.. Limits(role.Limits), .. role.Devices is { } devices ? [Devices(devices)] : Array.Empty<string>()],
        Destinations = role.Destinations?.Rules.Select(line => line.Text).ToList(),
        Outage = role.Outage is null ? null : "When no server answers, those who had this role " + Words(role.Outage),
    };

    private static string Words(OutageRule outage) => string.Create(
        CultureInfo.InvariantCulture,
        $"get {(outage.Role is null ? "the same role" : $"role {outage.Role}")} for {outage.For:c}, if a server accepted them at this device within {outage.AcceptedWithin:c}. No password is checked then.");
}
