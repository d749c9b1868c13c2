using System.Diagnostics.CodeAnalysis;
using NacGateway.Core.Policy.Documents;

namespace NacGateway.Core.Policy;

/// <summary>Reads a file of rules.</summary>
public static class PolicyFile
{
    /// <summary>Reads and checks it as a whole.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="document">The text; null when there is any error.</param>
    /// <param name="errors">Each with file, path in the document and remedy.</param>
    public static bool TryRead(string file, [NotNullWhen(true)] out string? document, out IReadOnlyList<string> errors)
    {
        document = null;
        try
        {
            // UTF-8 has at most four octets a character; a device that never ends must not be read to its end.
            var length = new FileInfo(file).Length;
            if (length > 4L * PolicyDocument.Longest)
            {
                errors = [$"'{file}' has {length} octets, too many for rules. Name another file."];
                return false;
            }

            var text = File.ReadAllText(file);
            var isRight = PolicyDocument.TryParse(text, version: 1, out _, out var problems);
            document = isRight ? text : null;
            errors = [.. problems.Select(problem => $"'{file}': {problem}")];
            return isRight;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            errors = [$"'{file}' cannot be read: {exception.Message} Name a readable file; seeds/policies.json shows the form."];
            return false;
        }
    }
}
