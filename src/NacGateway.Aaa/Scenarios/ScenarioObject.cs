using System.Globalization;
using System.Text.Json;

namespace NacGateway.Aaa.Scenarios;

/// <summary>An object of a scenario file: gives out its values by name and by kind, and tells of each that nobody asked for.</summary>
internal sealed class ScenarioObject
{
    private readonly JsonElement _element;
    private readonly SortedSet<string> _asked = new(StringComparer.Ordinal);

    public ScenarioObject(JsonElement element, string place)
    {
        Place = place;
        _element = element.ValueKind == JsonValueKind.Object ? element : throw Error("an object is expected here: { ... }");
    }

    public string Place { get; }

    public string? Text(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value when value.GetString() is { Length: > 0 and <= 253 } text => text,
        _ => throw Error(name, "a text of 1 to 253 characters is expected"),
    };

    public double? Number(string name, double least, double most) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetDouble(out var number) && number >= least && number <= most => number,
        _ => throw Error(name, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most} is expected")),
    };

    public int? Whole(string name, int least, int most) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) && number >= least && number <= most => number,
        _ => throw Error(name, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most} is expected")),
    };

    public bool Flag(string name) => Find(name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Error(name, "true or false is expected"),
    };

    /// <summary>One of several words; the first where nothing is said.</summary>
    public string Word(string name, params string[] words)
    {
        var word = Text(name) ?? words[0];
        return words.Contains(word, StringComparer.Ordinal) ? word : throw Error(name, $"one of {string.Join(", ", words)} is expected");
    }

    public ScenarioObject? Object(string name) => Find(name) is { } value ? new ScenarioObject(value, $"{Place}{Dot}{name}") : null;

    public List<ScenarioObject> List(string name, int most)
    {
        if (Find(name) is not { ValueKind: JsonValueKind.Array } value || value.GetArrayLength() is 0 || value.GetArrayLength() > most)
        {
            throw Error(name, string.Create(CultureInfo.InvariantCulture, $"a list of 1 to {most} objects is expected"));
        }

        return [.. value.EnumerateArray().Select((item, index) => new ScenarioObject(item, string.Create(CultureInfo.InvariantCulture, $"{Place}{Dot}{name}[{index}]")))];
    }

    /// <exception cref="ScenarioException">There is a name that nobody has asked for.</exception>
    public void End()
    {
        if (_element.EnumerateObject().Select(property => property.Name).FirstOrDefault(name => !_asked.Contains(name)) is { } unknown)
        {
            throw Error(unknown, $"there is no such setting here. Known are {string.Join(", ", _asked)}");
        }
    }

    public ScenarioException Error(string name, string message) => new($"{Place}{Dot}{name}: {message}.");

    public ScenarioException Error(string message) => new($"{Place}: {message}.");

    private string Dot => Place.EndsWith(": ", StringComparison.Ordinal) ? string.Empty : ".";

    private JsonElement? Find(string name)
    {
        _asked.Add(name);
        return _element.TryGetProperty(name, out var value) ? value : null;
    }
}
