using System.Globalization;

namespace NacGateway.Harness.Loading;

/// <summary>What a run came to, and whether it kept what was asked of it: the last line for people and for programs.</summary>
internal sealed record LoadSummary
{
    public string Event { get; init; } = "summary";

    public required string Server { get; init; }

    public required double Seconds { get; init; }

    public required bool Interrupted { get; init; }

    public required long Sent { get; init; }

    public required long Answered { get; init; }

    public required long Accepted { get; init; }

    public required long Rejected { get; init; }

    public required long Challenged { get; init; }

    public required long Accounted { get; init; }

    public required long Lost { get; init; }

    public required long Retransmitted { get; init; }

    public required long Unbelieved { get; init; }

    /// <summary>Requests that nothing had come of when the run was ended.</summary>
    public required int InFlight { get; init; }

    /// <summary>Requests that were due and never sent, because the window was full.</summary>
    public required long Held { get; init; }

    public required double LossPercent { get; init; }

    public required double PerSecond { get; init; }

    public double? P50 { get; init; }

    public double? P95 { get; init; }

    public double? P99 { get; init; }

    public double? Max { get; init; }

    /// <summary>What is not as expected, or why nothing answered; null when all is well.</summary>
    public string? Reason { get; init; }

    public static LoadSummary Of(LoadOutcome outcome, LoadSettings settings, LoadLimits limits)
    {
        var total = outcome.Total;
        var summary = new LoadSummary
        {
            Server = settings.Authentication.ToString(),
            Seconds = Math.Round(outcome.Elapsed.TotalSeconds, 3),
            Interrupted = outcome.Interrupted,
            Sent = total.Sent,
            Answered = total.Answered,
            Accepted = total.Accepted,
            Rejected = total.Rejected,
            Challenged = total.Challenged,
            Accounted = total.Accounted,
            Lost = total.Lost,
            Retransmitted = total.Retransmitted,
            Unbelieved = total.Unbelieved,
            InFlight = outcome.InFlight,
            Held = outcome.Held,
            LossPercent = total.Answered + total.Lost == 0 ? 0 : Math.Round(100.0 * total.Lost / (total.Answered + total.Lost), 4),
            PerSecond = outcome.Elapsed > TimeSpan.Zero ? Math.Round(total.Answered / outcome.Elapsed.TotalSeconds, 1) : 0,
            P50 = LoadSecond.Milliseconds(total.Latency.Percentile(0.50)),
            P95 = LoadSecond.Milliseconds(total.Latency.Percentile(0.95)),
            P99 = LoadSecond.Milliseconds(total.Latency.Percentile(0.99)),
            Max = LoadSecond.Milliseconds(total.Latency.Count == 0 ? null : total.Latency.Max),
        };
        return summary with { Reason = summary.Answered == 0 ? outcome.Problem ?? Silence(total, settings) : limits.Broken(summary) };
    }

    public int ExitCode() => Answered == 0 ? Harness.ExitCode.NoAnswer : Reason is null ? Harness.ExitCode.Expected : Harness.ExitCode.Unexpected;

    public void Write(TextWriter writer)
    {
        var culture = CultureInfo.InvariantCulture;
        writer.WriteLine(string.Create(culture, $"{(Interrupted ? "Ended early" : "Done")}: {Sent:N0} sent in {Seconds:0.0##} s, {Answered:N0} answered ({PerSecond:N0}/s): {Accepted:N0} accepted, {Rejected:N0} rejected, {Challenged:N0} challenged, {Accounted:N0} accounting."));
        writer.WriteLine(string.Create(culture, $"Lost: {Lost:N0} ({LossPercent:0.###} %). Sent again: {Retransmitted:N0}. Datagrams not believed: {Unbelieved:N0}. In flight at the end: {InFlight:N0}. Held back by the window: {Held:N0}."));
        if (P50 is not null)
        {
            writer.WriteLine(string.Create(culture, $"Latency in ms: p50 {P50:0.0##}, p95 {P95:0.0##}, p99 {P99:0.0##}, longest {Max:0.0##}."));
        }
    }

    private static string Silence(LoadTally total, LoadSettings settings) => total switch
    {
        { Sent: 0 } => "nothing was sent: the run was ended before its first request.",
        { Unsigned: > 0 } => $"{settings.Authentication} answers without Message-Authenticator, and such replies can be forged (CVE-2024-3596). Have the server sign its replies, or let them pass with --allow-missing-message-authenticator.",
        { WrongAuthenticator: > 0 } => $"{settings.Authentication} answers, but the Response Authenticator is wrong: the server has another shared secret. Give the same on both sides.",
        { Unreachable: > 0 } => $"nobody listens at {settings.Authentication}, or there is no way to it. Start the server, or correct --server.",
        _ => $"nothing came from {settings.Authentication}. Either no RADIUS server runs there, or it drops the requests without a word because it does not know this client's address or has another shared secret: its log says which.",
    };
}
