using System.Globalization;

namespace NacGateway.Core.Audit;

/// <summary>What walking the whole trail found.</summary>
/// <param name="Lines">Lines that are as they were written.</param>
/// <param name="Sequence">The first line that is not; null when all are.</param>
/// <param name="Reason">What is wrong with it; null when all are whole.</param>
public sealed record AuditVerdict(long Lines, long? Sequence = null, string? Reason = null)
{
    /// <summary>The last line, when all are whole and there is one: to be noted down elsewhere.</summary>
    public AuditMark? Last { get; init; }

    /// <summary>Whether the end that is kept apart is gone: a line about it would begin a new trail, and hide that.</summary>
    public bool IsEndGone { get; init; }

    /// <summary>Whether nothing was changed, left out or put in.</summary>
    public bool IsWhole => Sequence is null;

    /// <summary>In a sentence.</summary>
    public override string ToString() =>
        IsWhole ? string.Create(CultureInfo.InvariantCulture, $"{Words(Lines)}, whole.")
        : Lines == 0 ? string.Create(CultureInfo.InvariantCulture, $"Damaged at line {Sequence}: {Reason}")
        : string.Create(CultureInfo.InvariantCulture, $"Damaged at line {Sequence}: {Reason} The {Words(Lines)} before {(Lines == 1 ? "is" : "are")} whole.");

    private static string Words(long lines) => string.Create(CultureInfo.InvariantCulture, $"{lines} {(lines == 1 ? "line" : "lines")}");
}
