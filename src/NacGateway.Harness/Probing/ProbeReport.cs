using System.Globalization;
using NacGateway.Harness.Output;

namespace NacGateway.Harness.Probing;

/// <summary>The report card of one server.</summary>
internal sealed record ProbeReport
{
    /// <summary>Whether all that is required passes.</summary>
    public required bool Good { get; init; }

    public required string Server { get; init; }

    /// <summary>Port for accounting; null when it was not asked.</summary>
    public string? Accounting { get; init; }

    public required IReadOnlyList<ProbeFinding> Findings { get; init; }

    /// <summary>Datagrams sent.</summary>
    public required int Datagrams { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Whether the server answered at all; when it did not, nothing else was asked.</summary>
    public required bool Answered { get; init; }

    public void Write(TextWriter writer, Paint paint)
    {
        writer.WriteLine(paint.Strong($"Report card of {Server}{(Accounting is null ? "" : $", accounting {Accounting}")}"));
        foreach (var finding in Findings)
        {
            writer.WriteLine($"  {Grade(finding.Grade, paint)}  {finding.Title}{(finding.Required ? "" : paint.Faint(" (not required)"))}: {finding.Found}");
            if (finding.Meaning is not null)
            {
                writer.WriteLine($"           {finding.Meaning} [{finding.Rule}; {finding.Id}]");
            }
        }

        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(ProbeGrade.Good)} good, {Count(ProbeGrade.Weak)} weak, {Count(ProbeGrade.Bad)} bad, {Count(ProbeGrade.Unknown)} unknown; {Datagrams} datagrams in {Seconds:0.0} s"));
        writer.WriteLine("Verdict: " + paint.Verdict(Verdict(), Good));
    }

    public string Verdict()
    {
        string[] failed = [.. Findings.Where(finding => finding.Failed).Select(finding => finding.Id)];
        return !Answered ? "no answer; nothing else was asked"
            : failed.Length != 0 ? "not fit for use: " + string.Join(", ", failed)
            : Count(ProbeGrade.Weak) != 0 ? "fit for use, and weak in: " + string.Join(", ", Findings.Where(finding => finding.Grade == ProbeGrade.Weak).Select(finding => finding.Id))
            : "fit for use";
    }

    private static string Grade(ProbeGrade grade, Paint paint) => grade switch
    {
        ProbeGrade.Good => paint.Good("good   "),
        ProbeGrade.Weak => paint.Doubtful("weak   "),
        ProbeGrade.Bad => paint.Bad("BAD    "),
        _ => paint.Faint("unknown"),
    };

    private int Count(ProbeGrade grade) => Findings.Count(finding => finding.Grade == grade);
}
