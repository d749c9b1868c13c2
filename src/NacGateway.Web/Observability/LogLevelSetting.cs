using NacGateway.Core.Administration.Runtime;

namespace NacGateway.Web.Observability;

/// <summary>The levels of the log as a setting that may be changed while the gateway runs.</summary>
internal static class LogLevelSetting
{
    public const string Name = $"{LogOptions.Section}:{nameof(LogOptions.LogLevel)}";

    private const int MostLines = 100;
    private const int LongestCategory = 200;

    public static RuntimeSetting Of(LogLevels levels) => new()
    {
        Name = Name,
        Title = "Levels of the log",
        Purpose = "From which level on lines are written, by what they begin with.",
        Range = $"One category a line, such as NacGateway.Core.Coa = Debug; {LogOptions.All} is for all others. {string.Join(", ", Enum.GetNames<LogLevel>())}.",
        Effect = "Lines that are written from now on, at every gateway on the same database.",
        IsList = true,
        Configured = () => string.Join('\n', levels.Configured.Select(pair => $"{pair.Key} = {pair.Value}").Order(StringComparer.OrdinalIgnoreCase)),
        Check = value =>
        {
            List<string> errors = [];
            Read(value, errors);
            return errors;
        },
        Take = value => levels.Take(value is null ? null : Read(value, [])),
    };

    private static Dictionary<string, LogLevel> Read(string value, List<string> errors)
    {
        var levels = new Dictionary<string, LogLevel>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 and <= LongestCategory } category, var word] || !category.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '*'))
            {
                errors.Add($"{Name}: '{line}' is not CATEGORY = LEVEL. Write for example NacGateway.Core.Coa = Debug.");
            }
            else if (!Enum.GetNames<LogLevel>().Contains(word, StringComparer.OrdinalIgnoreCase))
            {
                errors.Add($"{Name}: '{word}' is no level. Write {string.Join(", ", Enum.GetNames<LogLevel>())}.");
            }
            else if (!levels.TryAdd(category, Enum.Parse<LogLevel>(word, ignoreCase: true)))
            {
                errors.Add($"{Name}: {category} is there twice. Leave one line.");
            }
        }

        if (levels.Count > MostLines)
        {
            errors.Add($"{Name} has {levels.Count} lines; write at most {MostLines}.");
        }

        return levels;
    }
}
