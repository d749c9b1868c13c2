using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Aaa;

/// <summary>One entry of a users file: what it says of the user, when it says so, and whether the entries below have a say too. Immutable.</summary>
internal sealed record UserEntry
{
    /// <summary>The name that stands for every user.</summary>
    public const string Default = "DEFAULT";

    public required AaaUser User { get; init; }

    /// <summary>What the request must carry.</summary>
    public IReadOnlyList<RequestCondition> Conditions { get; init; } = [];

    /// <summary>Whether the entries below are looked at after this one.</summary>
    public bool FallsThrough { get; init; }

    public bool IsDefault => string.Equals(User.Name, Default, StringComparison.Ordinal);

    /// <summary>Whether it says by itself how a try ends.</summary>
    public bool Decides => User.Password is not null || User.Rejected || User.Accepted;

    public bool Matches(AttributeList request) => Conditions.All(condition => condition.Matches(request));

    /// <summary>What the entries above said, changed by this one.</summary>
    public AaaUser Onto(AaaUser? above)
    {
        if (above is null)
        {
            return User;
        }

        var decided = User.Rejected || User.Accepted ? User : above;
        return above with
        {
            Password = User.Password ?? above.Password,
            OneTimeCode = User.OneTimeCode ?? above.OneTimeCode,
            Question = User.OneTimeCode is null ? above.Question : User.Question,
            Challenges = User.OneTimeCode is null ? above.Challenges : User.Challenges,
            Echo = User.OneTimeCode is null ? above.Echo : User.Echo,
            PasswordExpired = above.PasswordExpired || User.PasswordExpired,
            Rejected = decided.Rejected,
            Accepted = decided.Accepted,
            RejectMessage = User.RejectMessage ?? above.RejectMessage,
            Reply = Merge(above.Reply, User.Reply),
        };
    }

    /// <summary>
    /// As FreeRADIUS does it: <c>=</c> gives way to an attribute of that name from above, <c>:=</c> takes its place, <c>+=</c> stands beside
    /// it. Attributes of one entry never displace each other.
    /// </summary>
    private static List<AttributeAssignment> Merge(IReadOnlyList<AttributeAssignment> above, IReadOnlyList<AttributeAssignment> added)
    {
        List<AttributeAssignment> merged = [.. above];
        var replaced = new bool[above.Count];
        foreach (var item in added)
        {
            var place = item.Operator == AttributeOperator.Append
                ? -1
                : Enumerable.Range(0, above.Count).Where(i => !replaced[i] && SameName(above[i], item)).FirstOrDefault(-1);
            if (place < 0)
            {
                merged.Add(item);
            }
            else if (item.Operator == AttributeOperator.Set)
            {
                merged[place] = item;
                replaced[place] = true;
            }
        }

        return merged;
    }

    private static bool SameName(AttributeAssignment one, AttributeAssignment other) =>
        string.Equals(one.Definition.Name, other.Definition.Name, StringComparison.OrdinalIgnoreCase);
}
