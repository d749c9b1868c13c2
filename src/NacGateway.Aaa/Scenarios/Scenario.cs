namespace NacGateway.Aaa.Scenarios;

/// <summary>What goes wrong at a server on purpose: steps, each of which applies to the requests it selects, in the order of the file. Immutable.</summary>
public sealed class Scenario
{
    internal Scenario(string name, IReadOnlyList<ScenarioStep> steps) => (Name, Steps) = (name, steps);

    /// <summary>Nothing goes wrong.</summary>
    public static Scenario None { get; } = new("none", []);

    /// <summary>Its name.</summary>
    public string Name { get; }

    internal IReadOnlyList<ScenarioStep> Steps { get; }

    /// <summary>Reads a file; seeds/scenarios shows the format.</summary>
    /// <exception cref="ScenarioException">It cannot be read or understood.</exception>
    public static Scenario Load(string path)
    {
        try
        {
            return ScenarioReader.Read(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ScenarioException($"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
