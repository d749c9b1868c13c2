using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace NacGateway.Core.Insight.Acts;

/// <summary>What an administrator does to open sessions. What is made by the methods here is right in itself.</summary>
public abstract record SessionAct
{
    /// <summary>A week, in minutes.</summary>
    public const int MostMinutes = 10_080;

    /// <summary>Longest message, in characters.</summary>
    public const int LongestMessage = 500;

    private const int LongestRole = 128;

    private SessionAct()
    {
    }

    /// <summary>Stable word for the audit trail, such as "session.disconnect".</summary>
    public abstract string Name { get; }

    /// <summary>What is done, for the audit trail.</summary>
    public abstract string Words { get; }

    /// <summary>Moves the end by so many minutes.</summary>
    public static bool TryExtend(int minutes, [NotNullWhen(true)] out SessionAct? act) => (act = minutes is > 0 and <= MostMinutes ? new Extend(minutes) : null) is not null;

    /// <summary>Puts sessions under a role; whether there is such a one shows when it is done.</summary>
    public static bool TryRole(string? role, [NotNullWhen(true)] out SessionAct? act) =>
        (act = role?.Trim() is { Length: > 0 and <= LongestRole } name && !name.Any(char.IsControl) ? new ChangeRole(name) : null) is not null;

    /// <summary>Writes to the people: plain text of some lines.</summary>
    public static bool TryTell(string? text, [NotNullWhen(true)] out SessionAct? act)
    {
        // Half of a surrogate pair becomes U+FFFD here, and no database has to keep it; of control characters the line end alone stays.
        var lines = string.Concat((text ?? "").ReplaceLineEndings("\n").EnumerateRunes().Select(rune => Rune.IsControl(rune) && rune.Value != '\n' ? " " : rune.ToString())).Trim();
        return (act = lines.Length is > 0 and <= LongestMessage ? new Tell(lines) : null) is not null;
    }

    /// <summary>Ends them.</summary>
    public sealed record Disconnect : SessionAct
    {
        public override string Name => "session.disconnect";

        public override string Words => "Ended with the cause Admin-Reset.";
    }

    /// <summary>Lets them last longer.</summary>
    public sealed record Extend : SessionAct
    {
        internal Extend(int minutes) => Minutes = minutes;

        /// <summary>By how much.</summary>
        public int Minutes { get; }

        public override string Name => "session.extend";

        public override string Words => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The end is moved by {Minutes} min.");
    }

    /// <summary>Puts them under another role.</summary>
    public sealed record ChangeRole : SessionAct
    {
        internal ChangeRole(string role) => Role = role;

        /// <summary>Its name.</summary>
        public string Role { get; }

        public override string Name => "session.role";

        public override string Words => $"Put under role {Role}.";
    }

    /// <summary>Writes to their people.</summary>
    public sealed record Tell : SessionAct
    {
        internal Tell(string text) => Text = text;

        /// <summary>Plain text, lines by line feeds.</summary>
        public string Text { get; }

        public override string Name => "session.message";

        public override string Words => $"Message: {Text}";
    }
}
