using System.Diagnostics.CodeAnalysis;
using System.Net;
using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Conditions;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Administration;

/// <summary>Which attribute of an Access-Accept makes an administrator of whom it accepts; the first line that fits counts.</summary>
public sealed class RoleMap
{
    private readonly IReadOnlyList<(string Text, ReplyCondition Condition, DeskRole Role)> _lines;

    private RoleMap(IReadOnlyList<(string Text, ReplyCondition Condition, DeskRole Role)> lines) => _lines = lines;

    /// <summary>Whether it makes an administrator of nobody.</summary>
    public bool IsEmpty => _lines.Count == 0;

    /// <summary>Reads assignments such as <c>Filter-Id = nac-admin</c>.</summary>
    public static bool TryParse(IEnumerable<(string Attribute, DeskRole Role)> lines, [NotNullWhen(true)] out RoleMap? map, out IReadOnlyList<string> errors)
    {
        ArgumentNullException.ThrowIfNull(lines);
        List<(string, ReplyCondition, DeskRole)> read = [];
        List<string> problems = [];
        foreach (var (number, (text, role)) in lines.Index())
        {
            if (role == DeskRole.None)
            {
                problems.Add($"Admin:Roles:{number}:Role is missing. Write one of {string.Join(", ", Enum.GetNames<DeskRole>().Skip(1))}.");
            }
            else if (!AttributeAssignment.TryParse(text, AttributeDictionary.Default, out var assignment, out var error))
            {
                problems.Add($"Admin:Roles:{number}:Attribute '{text}' cannot be read: {error} Write for example Filter-Id = nac-admin.");
            }
            else if (!ReplyCondition.CanRead(assignment.Definition))
            {
                problems.Add($"Admin:Roles:{number}:Attribute {assignment.Definition.Name} cannot be looked at in an Access-Accept. Use another, such as Filter-Id.");
            }
            else
            {
                read.Add((text, new ReplyCondition(assignment.Definition, ReplyTest.Is, [assignment.Value]), role));
            }
        }

        errors = problems;
        map = problems.Count == 0 ? new RoleMap(read) : null;
        return map is not null;
    }

    /// <summary>The role that a reply gives, and the line by which; null for none.</summary>
    public (DeskRole Role, string By)? Find(AttributeList reply)
    {
        // Of the query a condition about the reply reads the reply alone.
        var query = new AccessQuery { UserName = "", ClientAddress = IPAddress.None, At = default, Reply = reply };
        foreach (var (text, condition, role) in _lines)
        {
            if (condition.Miss(query) is null)
            {
                return (role, text);
            }
        }

        return null;
    }
}
