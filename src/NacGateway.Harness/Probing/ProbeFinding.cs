namespace NacGateway.Harness.Probing;

/// <summary>One line of the report card.</summary>
/// <param name="Id">Name for <c>--require</c> and for programs.</param>
/// <param name="Title">What was asked, for people.</param>
/// <param name="Grade">How the server stands it.</param>
/// <param name="Found">What was seen.</param>
/// <param name="Meaning">What that means and what helps; null where it is as it should be.</param>
/// <param name="Rule">The RFC that says so.</param>
internal sealed record ProbeFinding(string Id, string Title, ProbeGrade Grade, string Found, string? Meaning, string Rule)
{
    /// <summary>Whether the server fails without it.</summary>
    public bool Required { get; init; }

    /// <summary>What is required by default fails when it is bad; what the caller requires by name fails unless it is good.</summary>
    public bool Failed { get; init; }
}
