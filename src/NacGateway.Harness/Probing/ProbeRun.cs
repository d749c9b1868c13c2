namespace NacGateway.Harness.Probing;

/// <summary>All questions in their order. Those that are met with silence wait side by side.</summary>
internal static class ProbeRun
{
    private static readonly IReadOnlyList<ProbeQuestion> s_sideBySide = [.. FramingQuestions.All, .. StatusQuestions.All, .. AccountingQuestions.All, .. RadSecQuestions.All];

    /// <summary>The names of all questions.</summary>
    public static IReadOnlyList<string> Ids { get; } =
        [.. SignInQuestions.All.Prepend(SignInQuestions.Answers).Concat(s_sideBySide).Concat(DuplicateQuestions.All).Concat(TimingQuestions.All).Select(question => question.Id)];

    /// <param name="target">Whom to ask.</param>
    /// <param name="demanded">Questions that the caller requires by name.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static async Task<ProbeReport> RunAsync(ProbeTarget target, IReadOnlySet<string> demanded, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var prober = new Prober(target);
        var findings = new List<ProbeFinding> { await SignInQuestions.Answers.AnswerAsync(prober, demanded, cancellationToken) };
        if (prober.Plain is not null)
        {
            findings.AddRange(await InTurnAsync(SignInQuestions.All));
            findings.AddRange(await Task.WhenAll(s_sideBySide.Select(question => question.AnswerAsync(prober, demanded, cancellationToken))));
            findings.AddRange(await InTurnAsync(DuplicateQuestions.All));
            findings.AddRange(await InTurnAsync(TimingQuestions.All));
        }

        return new ProbeReport
        {
            Good = prober.Plain is not null && !findings.Any(finding => finding.Failed),
            Server = target.Authentication.ToString(),
            Accounting = target.Accounting?.ToString(),
            Findings = findings,
            Datagrams = prober.Sent,
            Seconds = Math.Round(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 3),
            Answered = prober.Plain is not null,
        };

        async Task<List<ProbeFinding>> InTurnAsync(IEnumerable<ProbeQuestion> questions)
        {
            var answered = new List<ProbeFinding>();
            foreach (var question in questions)
            {
                answered.Add(await question.AnswerAsync(prober, demanded, cancellationToken));
            }

            return answered;
        }
    }
}
