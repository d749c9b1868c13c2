namespace NacGateway.Radius.Client;

/// <summary>The bounds of a circuit. Together they are its hysteresis: neither one lost burst nor one lucky answer turns it over.</summary>
internal sealed record CircuitSettings
{
    /// <summary>Unanswered requests in a row, none of them answered later, that a dead server has.</summary>
    public int FailuresToDead { get; init; } = 3;

    /// <summary>How long these must last: a burst that was lost at once is one sign and not many.</summary>
    public TimeSpan SilenceToDead { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Answers in a row that bring a server back (RFC 3539 section 3.4.1: three).</summary>
    public int AnswersToAlive { get; init; } = 3;

    /// <summary>How long these must last.</summary>
    public TimeSpan AnsweringToAlive { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a dead server is left alone before a request tries it again, where Status-Server does not.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest rest; it doubles each time that a server dies soon after it came back.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a server must have been alive for its past to be forgotten.</summary>
    public TimeSpan Settled { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Between two trials of a server that answers again.</summary>
    public TimeSpan TrialSpacing { get; init; } = TimeSpan.FromSeconds(1);
}
