using System.Globalization;

namespace NacGateway.Core.Audit;

/// <summary>How a line says that it stands for many: in its text, so that the chain covers the number, too.</summary>
public static class AuditRepeats
{
    private const string Beginning = " (";
    private const string End = " times more)";

    /// <summary>A detail that stands for more of the same.</summary>
    public static string Words(string? detail, long more) => string.Create(CultureInfo.InvariantCulture, $"{detail}{Beginning}{more}{End}");

    /// <summary>A detail without its number, and how many lines it stands for.</summary>
    public static (string? Detail, long Count) Read(string? detail) =>
        detail?.EndsWith(End, StringComparison.Ordinal) == true
        && detail.LastIndexOf(Beginning, StringComparison.Ordinal) is var at and >= 0
        && long.TryParse(detail.AsSpan(at + Beginning.Length, detail.Length - End.Length - at - Beginning.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? (detail[..at], count)
            : (detail, 1);
}
