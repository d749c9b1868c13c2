using System.Diagnostics.CodeAnalysis;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Dictionary;

/// <summary>Reads lists of assignments.</summary>
internal sealed class AssignmentParser(AttributeDictionary dictionary)
{
    private const string UnknownPrefix = "Attr-";

    private static readonly (string Text, AttributeOperator Operator)[] Operators =
    [
        (":=", AttributeOperator.Set),
        ("+=", AttributeOperator.Append),
        ("==", AttributeOperator.Equal),
        ("!=", AttributeOperator.NotEqual),
        ("=", AttributeOperator.Assign),
    ];

    public bool TryParse(string text, out IReadOnlyList<AttributeAssignment> assignments, out string error)
    {
        var found = new List<AttributeAssignment>();
        assignments = [];
        error = "";
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        while (!rest.IsEmpty)
        {
            if (!TryOne(ref rest, out AttributeAssignment? assignment, out error))
            {
                return false;
            }

            found.Add(assignment);
            rest = rest.TrimStart();
            if (!rest.IsEmpty && rest[0] != ',')
            {
                error = $"A comma is expected behind {assignment.Definition.Name}.";
                return false;
            }

            rest = rest.IsEmpty ? rest : rest[1..].TrimStart();
        }

        assignments = found;
        return true;
    }

    private bool TryOne(ref ReadOnlySpan<char> rest, [NotNullWhen(true)] out AttributeAssignment? assignment, out string error)
    {
        assignment = null;
        int end = rest.IndexOfAny(" \t=+!,".AsSpan());
        string name = (end < 0 ? rest : rest[..end]).ToString();
        if (name.EndsWith(':'))
        {
            // "Name:=value" without a space: the colon belongs to the operator.
            name = name[..^1];
            end--;
        }

        rest = end < 0 ? default : rest[end..].TrimStart();
        if (!TryOperator(ref rest, out AttributeOperator comparison))
        {
            error = $"'{name}' is not followed by an operator and a value.";
            return false;
        }

        if (!TryName(name, out AttributeDefinition? definition, out byte tag, out error))
        {
            return false;
        }

        if (!TryToken(ref rest, out string token, out bool isQuoted))
        {
            error = $"The value of {definition.Name} is missing, or its quote is not closed.";
            return false;
        }

        if (!ValueText.TryParse(definition, token, isQuoted, out byte[] value, out error))
        {
            return false;
        }

        if (definition.HasTag && definition.Type is RadiusDataType.Integer or RadiusDataType.Enum && value[0] != 0)
        {
            error = $"{definition.Name} is tagged and takes numbers up to 16777215.";
        }
        else if (definition.Type == RadiusDataType.Tlv || value.Length > AttributeLayout.MaxLength(definition))
        {
            error = $"{definition.Name} takes 1 to {AttributeLayout.MaxLength(definition)} octets, not {value.Length}.";
        }

        assignment = new AttributeAssignment(definition, tag, comparison, value);
        return error.Length == 0;
    }

    private bool TryName(string name, [NotNullWhen(true)] out AttributeDefinition? definition, out byte tag, out string error)
    {
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        string bare = colon < 0 ? name : name[..colon];
        tag = 0;
        error = "";
        if (!dictionary.TryGet(bare, out definition) && !TryUnknown(bare, out definition))
        {
            error = $"There is no attribute '{bare}' in the dictionary.";
        }
        else if (colon >= 0 && (!definition.HasTag || !byte.TryParse(name.AsSpan(colon + 1), out tag) || tag > TaggedValue.MaxTag))
        {
            error = definition.HasTag ? $"'{name[(colon + 1)..]}' is no tag; tags are 1 to {TaggedValue.MaxTag}." : $"{bare} has no tag.";
        }

        return error.Length == 0;
    }

    private static bool TryUnknown(string name, [NotNullWhen(true)] out AttributeDefinition? definition)
    {
        definition = null;
        if (!name.StartsWith(UnknownPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var path = new List<uint>();
        foreach (string part in name[UnknownPrefix.Length..].Split('.'))
        {
            if (!DictionaryNumber.TryParse(part, out uint number) || (number > byte.MaxValue && !IsVendorPlace(path)))
            {
                return false;
            }

            path.Add(number);
        }

        definition = new AttributeDefinition { Name = name, Path = path, Type = RadiusDataType.String };
        return path.Count is 1 or 3 || path[0] >= ExtendedAttributes.First;
    }

    private static bool IsVendorPlace(List<uint> path) => path is [VendorSpecificLayout.AttributeType] or [>= ExtendedAttributes.First, ExtendedAttributes.VendorSpecific];

    private static bool TryOperator(ref ReadOnlySpan<char> rest, out AttributeOperator comparison)
    {
        foreach ((string text, AttributeOperator meaning) in Operators)
        {
            if (rest.StartsWith(text, StringComparison.Ordinal))
            {
                rest = rest[text.Length..].TrimStart();
                comparison = meaning;
                return true;
            }
        }

        comparison = AttributeOperator.Assign;
        return false;
    }

    private static bool TryToken(ref ReadOnlySpan<char> rest, out string token, out bool isQuoted)
    {
        isQuoted = !rest.IsEmpty && rest[0] is '"' or '\'';
        if (!isQuoted)
        {
            int end = rest.IndexOfAny(" \t,".AsSpan());
            token = (end < 0 ? rest : rest[..end]).ToString();
            rest = end < 0 ? default : rest[end..];
            return token.Length != 0;
        }

        char quote = rest[0];
        for (int i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '\\')
            {
                i++;
            }
            else if (rest[i] == quote)
            {
                token = rest[1..i].ToString();
                rest = rest[(i + 1)..];
                return true;
            }
        }

        token = "";
        return false;
    }
}
