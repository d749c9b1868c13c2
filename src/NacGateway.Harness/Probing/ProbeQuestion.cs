namespace NacGateway.Harness.Probing;

/// <summary>One thing that a server is asked.</summary>
/// <param name="Id">Name for <c>--require</c> and for programs.</param>
/// <param name="Title">What is asked, for people.</param>
/// <param name="Rule">The RFC that says what is right.</param>
/// <param name="IsRequired">Whether a server must stand it unless <c>--require</c> says otherwise.</param>
/// <param name="Ask">Finds it out.</param>
internal sealed record ProbeQuestion(string Id, string Title, string Rule, bool IsRequired, Func<Prober, CancellationToken, Task<ProbeVerdict>> Ask)
{
    /// <param name="prober">Sends.</param>
    /// <param name="demanded">What the caller requires by name.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<ProbeFinding> AnswerAsync(Prober prober, IReadOnlySet<string> demanded, CancellationToken cancellationToken)
    {
        var verdict = await Ask(prober, cancellationToken);
        var isDemanded = demanded.Contains(Id);
        return new ProbeFinding(Id, Title, verdict.Grade, verdict.Found, verdict.Meaning, Rule)
        {
            Required = IsRequired || isDemanded,
            Failed = isDemanded ? verdict.Grade != ProbeGrade.Good : IsRequired && verdict.Grade == ProbeGrade.Bad,
        };
    }
}
