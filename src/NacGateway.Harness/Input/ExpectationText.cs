using NacGateway.Harness.Sending;
using NacGateway.Radius.Dictionary;

namespace NacGateway.Harness.Input;

/// <summary>Expectations as <c>--expect-attr</c> gives them: Name=value, Name!=value, Name or !Name.</summary>
internal static class ExpectationText
{
    private const string Remedy = "Give Name=value, Name!=value, Name (it is there) or !Name (it is not), such as --expect-attr Session-Timeout=3600.";

    /// <exception cref="UsageException">The dictionary has no such attribute, or it has no such value.</exception>
    public static ExpectedAttribute Parse(string text)
    {
        if (text.Contains('=', StringComparison.Ordinal))
        {
            if (!AttributeAssignment.TryParse(AttributeText.Quoted(text), AttributeDictionary.Default, out var value, out var error))
            {
                throw new UsageException($"--expect-attr: {error} {Remedy}");
            }

            return value.Definition.IsInternal || value.Operator is AttributeOperator.Append
                ? throw new UsageException($"--expect-attr: {value.Definition.Name} cannot be expected so. {Remedy}")
                : new ExpectedAttribute(value.Tag == 0 ? Known(value.Definition).Name : FormattableString.Invariant($"{Known(value.Definition).Name}:{value.Tag}"), value, value.Operator == AttributeOperator.NotEqual);
        }

        var isAbsent = text.StartsWith('!');
        var name = (isAbsent ? text[1..] : text).Trim();
        var parts = name.Split(':', 2);

        // A name alone is looked up; what the dictionary lacks is read as if it had a value.
        var definition = AttributeDictionary.Default.TryGet(parts[0], out var known) ? known
            : AttributeAssignment.TryParse(parts[0] + " = 0x00", AttributeDictionary.Default, out var unknown, out _) ? Known(unknown.Definition)
            : throw new UsageException($"--expect-attr: there is no attribute '{name}' in the dictionary. {Remedy}");
        return new ExpectedAttribute(parts.Length == 1 ? definition.Name : $"{definition.Name}:{parts[1]}", null, isAbsent);
    }

    private static AttributeDefinition Known(AttributeDefinition definition) => AttributeDictionary.Default.TryGet(definition.Path, out var known) ? known : definition;
}
