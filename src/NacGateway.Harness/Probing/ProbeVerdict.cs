namespace NacGateway.Harness.Probing;

/// <summary>The answer to one question.</summary>
/// <param name="Grade">How the server stands it.</param>
/// <param name="Found">What was seen.</param>
/// <param name="Meaning">What that means and what helps; null where it is as it should be.</param>
internal sealed record ProbeVerdict(ProbeGrade Grade, string Found, string? Meaning = null)
{
    public static ProbeVerdict Good(string found) => new(ProbeGrade.Good, found);

    public static ProbeVerdict Weak(string found, string meaning) => new(ProbeGrade.Weak, found, meaning);

    public static ProbeVerdict Bad(string found, string meaning) => new(ProbeGrade.Bad, found, meaning);

    public static ProbeVerdict Unknown(string found) => new(ProbeGrade.Unknown, found);
}
