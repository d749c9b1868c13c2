namespace NacGateway.Core.Policy.Documents;

/// <summary>Reads a rule.</summary>
internal sealed class RuleReader(ConditionReader conditions)
{
    private const int LongestName = 128;
    private const int LongestMessage = 300;

    /// <summary>Null when something of it is wrong.</summary>
    public AccessRule? Read(Part part)
    {
        var fields = part.Fields("name", "when", "role", "refuse");
        var name = fields.GetValueOrDefault("name")?.Text(LongestName);
        if (!fields.ContainsKey("name"))
        {
            part.Fail("has no name. Write \"name\": \"...\": records of decisions call it so.");
        }

        var when = fields.TryGetValue("when", out var condition) ? conditions.Read(condition) : [];
        var hasRole = fields.TryGetValue("role", out var role);
        var isRefusal = fields.TryGetValue("refuse", out var refuse);
        if (hasRole == isRefusal)
        {
            part.Fail(hasRole ? "has both role and refuse. Keep one." : "says neither what it gives nor that it refuses. Write \"role\": \"...\" or \"refuse\": \"what the person is told\".");
        }

        return name is null ? null : new AccessRule
        {
            Name = name,
            Conditions = when,
            Roles = [.. (role?.Entries() ?? []).Select(entry => entry.Text(AccessPolicy.LongestRoleName)).OfType<string>()],
            IsRefusal = isRefusal,
            Message = refuse?.Text(LongestMessage, shortest: 0) is { Length: > 0 } message ? message : null,
        };
    }
}
