using NacGateway.Core.Policy.Conditions;
using NacGateway.Radius.Dictionary;

namespace NacGateway.Core.Policy.Documents;

/// <summary>Reads conditions on attributes of the server's answer. Several of them must all hold; values in one of them are alternatives.</summary>
internal static class ReplyReader
{
    private const int LongestValue = 253;

    public static IEnumerable<ICondition> Read(Part part) => part.Entries().Select(ReadOne).OfType<ICondition>().ToList();

    /// <summary>Values of the attribute that holds groups.</summary>
    public static IEnumerable<ICondition> ReadGroup(Part part, string group) =>
        AttributeDictionary.Default.TryGet(group, out var attribute)
            ? [new ReplyCondition(attribute, ReplyTest.Is, Values(part, attribute))]
            : [];

    /// <summary>Finds an attribute that can be looked at.</summary>
    public static AttributeDefinition? Find(Part part)
    {
        if (part.Text(LongestValue) is not { } name)
        {
            return null;
        }

        if (!AttributeDictionary.Default.TryGet(name, out var attribute))
        {
            part.Fail($"'{name}' is not in the dictionary. Write the name of an attribute such as \"Filter-Id\" or \"Aruba-User-Role\".");
            return null;
        }

        if (!ReplyCondition.CanRead(attribute))
        {
            part.Fail($"'{name}' is secret, internal or has parts of its own, and cannot be looked at. Choose an attribute with a plain value.");
            return null;
        }

        return attribute;
    }

    private static ReplyCondition? ReadOne(Part part)
    {
        var fields = part.Fields("attribute", "is", "contains", "startsWith", "present");
        var attribute = fields.TryGetValue("attribute", out var named) ? Find(named) : null;
        var tests = fields.Where(field => field.Key != "attribute").ToList();
        if (named is null || tests.Count != 1)
        {
            part.Fail("must have \"attribute\" and one of \"is\", \"contains\", \"startsWith\" or \"present\": true. Correct it.");
            return null;
        }

        if (attribute is null)
        {
            return null;
        }

        var (word, field) = tests[0];
        if (word == "present")
        {
            if (field.Flag() == false)
            {
                field.Fail("can only be true. Remove it, or put the rule behind one where the attribute is present.");
            }

            return new ReplyCondition(attribute, ReplyTest.Present, []);
        }

        if (word != "is" && !ReplyCondition.IsText(attribute))
        {
            field.Fail($"cannot be asked of {attribute.Name}, which is no text. Write \"is\".");
            return null;
        }

        var test = word switch { "is" => ReplyTest.Is, "contains" => ReplyTest.Contains, _ => ReplyTest.StartsWith };
        return new ReplyCondition(attribute, test, Values(field, attribute));
    }

    private static List<ReadOnlyMemory<byte>> Values(Part part, AttributeDefinition attribute)
    {
        List<ReadOnlyMemory<byte>> values = [];
        foreach (var entry in part.Entries())
        {
            if (entry.Text(LongestValue) is not { } text)
            {
                continue;
            }

            // Octets are written without quotes; everything else in them, so that commas and spaces are part of the value.
            var isOctets = text.StartsWith("0x", StringComparison.Ordinal) && ReplyCondition.IsText(attribute);
            var quoted = isOctets ? text : $"\"{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
            if (AttributeAssignment.TryParse($"{attribute.Name} = {quoted}", AttributeDictionary.Default, out var assignment, out var error))
            {
                values.Add(assignment.Value);
            }
            else
            {
                entry.Fail($"cannot be compared: {error}");
            }
        }

        return values;
    }
}
