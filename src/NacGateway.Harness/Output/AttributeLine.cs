using System.Text;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Output;

/// <summary>One attribute for programs: its name, and its value as text; no value where it is hidden.</summary>
/// <param name="Name">Name, with the tag if it has one.</param>
/// <param name="Value">Text as it is, everything else as it is printed for people; null when hidden.</param>
/// <param name="Hidden">True when the value is a secret and left out; null otherwise.</param>
internal sealed record AttributeLine(string Name, string? Value, bool? Hidden = null)
{
    private const string Separator = " = ";

    /// <summary>Takes a printed line apart.</summary>
    public static AttributeLine Of(string line)
    {
        var place = line.IndexOf(Separator, StringComparison.Ordinal);
        var (name, value) = (line[..place], line[(place + Separator.Length)..]);
        if (value == "<hidden>")
        {
            // A text that reads so would stand in quotes.
            return new AttributeLine(name, null, true);
        }

        if (!value.StartsWith('"'))
        {
            return new AttributeLine(name, value);
        }

        var isText = AttributeAssignment.TryParse(line, AttributeDictionary.Default, out var assignment, out _) && assignment.Definition.Type == RadiusDataType.Text;
        return new AttributeLine(name, isText ? Encoding.UTF8.GetString(assignment!.Value.Span) : value.Trim('"'));
    }
}
