using System.Globalization;
using System.Text.Json;

namespace NacGateway.Core.Policy.Documents;

/// <summary>A place in the document: reads what is expected there, or notes an error with its path and the remedy, and reads on.</summary>
internal sealed class Part(JsonElement element, string path, List<string> errors)
{
    private const int MostEntries = 500;

    public string Path => path;

    public bool IsText => element.ValueKind == JsonValueKind.String;

    /// <summary>Notes an error about this place.</summary>
    public void Fail(string problem) => errors.Add($"{path} {problem}");

    /// <summary>The parts of an object by name, null ones left out; other names than these are errors.</summary>
    public IReadOnlyDictionary<string, Part> Fields(params IReadOnlyList<string> names)
    {
        var found = new Dictionary<string, Part>(StringComparer.Ordinal);
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fail($"is not an object. Write {{ }} with {string.Join(", ", names)}.");
            return found;
        }

        foreach (var property in element.EnumerateObject())
        {
            var part = new Part(property.Value, path == "document" ? property.Name : $"{path}.{property.Name}", errors);
            if (!names.Contains(property.Name, StringComparer.Ordinal))
            {
                part.Fail($"is not known. Remove it, or write one of {string.Join(", ", names)}.");
            }
            else if (property.Value.ValueKind != JsonValueKind.Null && !found.TryAdd(property.Name, part))
            {
                part.Fail("is there twice. Keep one.");
            }
        }

        return found;
    }

    /// <summary>The entries of a list; a text or an object alone is a list of one.</summary>
    public IReadOnlyList<Part> Entries()
    {
        if (IsText || element.ValueKind == JsonValueKind.Object)
        {
            return [this];
        }

        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() is 0 or > MostEntries)
        {
            Fail($"is not a list of 1 to {MostEntries} entries. Write [ ] with at least one, or remove it.");
            return [];
        }

        return [.. element.EnumerateArray().Select((entry, place) => new Part(entry, string.Create(CultureInfo.InvariantCulture, $"{path}[{place}]"), errors))];
    }

    /// <summary>A text of so many characters, without control characters; null when it is none.</summary>
    public string? Text(int longest, int shortest = 1)
    {
        if (!IsText || element.GetString() is not { } text || text.Length < shortest || text.Length > longest || text.Any(char.IsControl))
        {
            Fail($"is not a text of {shortest} to {longest} characters without control characters. Write one in quotes.");
            return null;
        }

        return text;
    }

    /// <summary>A text out of a few.</summary>
    public string? Choice(params IReadOnlyList<string> choices)
    {
        if (IsText && choices.Contains(element.GetString(), StringComparer.Ordinal))
        {
            return element.GetString();
        }

        Fail($"is not known. Write {string.Join(" or ", choices.Select(choice => $"\"{choice}\""))}.");
        return null;
    }

    /// <summary>A duration within bounds; null when it is none.</summary>
    public TimeSpan? Duration(TimeSpan shortest, TimeSpan longest)
    {
        if (IsText && TimeSpan.TryParseExact(element.GetString(), "c", CultureInfo.InvariantCulture, out var span) && span >= shortest && span <= longest)
        {
            return span;
        }

        Fail(string.Create(CultureInfo.InvariantCulture, $"is not a duration from {shortest:c} to {longest:c}. Write hours:minutes:seconds in quotes, such as \"01:30:00\", days in front with a dot."));
        return null;
    }

    /// <summary>A positive number, or a text with k, M, G or T for thousands of thousands; null when it is none.</summary>
    public long? Amount(string unit)
    {
        if ((element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) && number > 0) || (IsText && AmountText.TryParse(element.GetString()!, out number)))
        {
            return number;
        }

        Fail($"is not a number of {unit} above 0. Write a whole number, or a text such as \"500k\", \"20M\" or \"1.5G\".");
        return null;
    }

    /// <summary>A whole number within bounds; null when it is none.</summary>
    public int? Whole(int least, int most)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Fail(string.Create(CultureInfo.InvariantCulture, $"is not a whole number from {least} to {most}. Write one without quotes."));
        return null;
    }

    /// <summary>True or false; null when it is neither.</summary>
    public bool? Flag()
    {
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return element.GetBoolean();
        }

        Fail("is neither true nor false. Write one of them without quotes.");
        return null;
    }
}
