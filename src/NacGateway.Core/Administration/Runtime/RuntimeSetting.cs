namespace NacGateway.Core.Administration.Runtime;

/// <summary>A setting that may be changed while the gateway runs: what it is for, and how a value is judged and put in force.</summary>
public sealed record RuntimeSetting
{
    /// <summary>Longest value that is kept, in characters.</summary>
    public const int Longest = 60_000;

    /// <summary>Its key, as in the configuration.</summary>
    public required string Name { get; init; }

    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    /// <summary>What it is for, in a sentence.</summary>
    public required string Purpose { get; init; }

    /// <summary>What may be written, with its unit.</summary>
    public required string Range { get; init; }

    /// <summary>Whom a change concerns, and from when.</summary>
    public required string Effect { get; init; }

    /// <summary>Whether it is a list with one entry a line.</summary>
    public bool IsList { get; init; }

    /// <summary>The value that the configuration gives.</summary>
    public required Func<string> Configured { get; init; }

    /// <summary>What is wrong with a value; nothing where it is right.</summary>
    public required Func<string, IReadOnlyList<string>> Check { get; init; }

    /// <summary>Puts a value in force that is right; null for that of the configuration.</summary>
    public required Action<string?> Take { get; init; }

    /// <summary>A value as it is kept: without blanks around, and without empty lines.</summary>
    public static string Tidy(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return string.Join('\n', value.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>What is wrong with a value, also for the place where it is kept.</summary>
    public IReadOnlyList<string> Objections(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length > Longest ? [$"{Name} has {value.Length} characters; write at most {Longest}."]
            : value.Any(c => char.IsControl(c) && c != '\n') ? [$"{Name} has control characters in it. Type it anew."]
            : !IsList && value.Contains('\n', StringComparison.Ordinal) ? [$"{Name} takes one value."]
            : Check(value);
    }
}
