using System.Globalization;
using NacGateway.Core.Authentication;
using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Reading;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Client;

namespace NacGateway.Core.Insight.Decisions;

/// <summary>
/// Why somebody was let in or not, in words: who asked and from where, which server was asked and what it answered, which rules were
/// considered and why each did or did not hold, what was given. Made from a record; the same for pages and programs.
/// </summary>
public sealed record DecisionStory
{
    /// <summary>Rules that are told one by one.</summary>
    private const int MostRules = 100;

    /// <summary>The record.</summary>
    public required PolicyDecision Decision { get; init; }

    /// <summary>What it is about.</summary>
    public required DecisionKind Kind { get; init; }

    /// <summary>What it came to.</summary>
    public required DecisionVerdict Verdict { get; init; }

    /// <summary>What a refusal comes to; null for none.</summary>
    public RefusalKind? Reason { get; init; }

    /// <summary>All of it in one sentence.</summary>
    public required Sentence Headline { get; init; }

    /// <summary>All of it, step by step.</summary>
    public required IReadOnlyList<StoryStep> Steps { get; init; }

    /// <summary>What was said with the server; null where none was asked.</summary>
    public ExchangeRecord? Exchange { get; init; }

    /// <summary>Tells the story of a record.</summary>
    /// <param name="decision">The record, with its exchange.</param>
    /// <param name="replay">The decision made once more; null where that cannot be.</param>
    /// <param name="isLast">Whether nothing was recorded of the same sign-in later, though there was time for it; null where that is not known.</param>
    public static DecisionStory Of(PolicyDecision decision, DecisionReplay? replay = null, bool? isLast = null)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var kind = DecisionKinds.Of(decision);
        ExchangeRecord.TryRead(decision.Exchange, out var exchange);
        return new DecisionStory
        {
            Decision = decision,
            Kind = kind,
            Verdict = DecisionKinds.VerdictOf(decision),
            Reason = DecisionKinds.VerdictOf(decision) == DecisionVerdict.Refused && decision.Outcome is not null ? RefusalReasons.KindOf(decision.Outcome, decision.ReplyMessage) : null,
            Headline = DecisionHeadline.Of(decision),
            Steps = [.. Came(decision), Asked(decision, kind), .. Tried(exchange), .. Answered(decision, exchange), .. Ruled(decision, replay), .. Result(decision, replay), .. After(kind, isLast)],
            Exchange = exchange,
        };
    }

    private static IEnumerable<StoryStep> Came(PolicyDecision decision)
    {
        if (!ClientArrival.TryRead(decision.Arrival, out var arrival))
        {
            yield break;
        }

        if (arrival.First is { } first)
        {
            yield return new StoryStep(StoryStepKind.Came, "Came by the gate", $"{arrival.Requests} {Sentence.Of(arrival.Requests == 1 ? "request was" : "requests were")} answered before, the first for {first.Host} at {Clock(first.At)}: {Sentence.Of(Words(first.Answer))}.");
        }

        if (arrival.PortalOpenedAt is { } opened)
        {
            Sentence browser = arrival.UserAgent is { } agent ? $", by {agent}" : Sentence.Empty;
            yield return new StoryStep(StoryStepKind.Came, "Opened the portal", $"At {Clock(opened)}{browser}.");
        }
    }

    private static StoryStep Asked(PolicyDecision decision, DecisionKind kind)
    {
        Sentence device = decision.CallingStationId is { } station ? $", device {station}" : Sentence.Of(", device not known");
        Sentence client = decision.ClientAddress is { } address ? $" from {address}{device}" : Sentence.Empty;
        var title = kind is DecisionKind.Renewed or DecisionKind.NotRenewed ? "Session asked about again" : kind is DecisionKind.Reapplied or DecisionKind.Withdrawn ? "Session judged again" : "Sign-in";
        Sentence who = decision.UserName.Length == 0 ? Sentence.Of("A name that cannot be recorded") : $"{decision.UserName}";
        Sentence reference = decision.Reference is { } code ? $" The person saw the reference {code}." : Sentence.Empty;
        return new StoryStep(StoryStepKind.Asked, title, $"{who}{client}.{reference}");
    }

    private static IEnumerable<StoryStep> Tried(ExchangeRecord? exchange)
    {
        foreach (var server in exchange?.PassedOver ?? [])
        {
            yield return new StoryStep(StoryStepKind.Tried, server.Status == ExchangeStatus.TimedOut ? "No reply" : "Passed over", $"{server.Name} {Sentence.Of(ExchangeWords.Of(server.Status))}{Problem(server.Problem)}.");
        }

        if (exchange is { Status: not ExchangeStatus.Answered })
        {
            Sentence server = exchange.ServerName is { } name ? $"{name} {Sentence.Of(ExchangeWords.Of(exchange.Status))}" : Sentence.Of("No server could be asked");
            yield return new StoryStep(
                StoryStepKind.Tried,
                exchange.Status switch { ExchangeStatus.TimedOut => "No reply", ExchangeStatus.WrongSecret or ExchangeStatus.MissingMessageAuthenticator => "Reply dropped", _ => "Not answered" },
                $"{server}{Problem(exchange.Problem)}{(exchange.Sends > 0 ? $": {Sends(exchange)}" : Sentence.Empty)}.");
        }
    }

    private static IEnumerable<StoryStep> Answered(PolicyDecision decision, ExchangeRecord? exchange)
    {
        if (exchange is { Status: ExchangeStatus.Answered, Reply: { } reply })
        {
            // Of what the simulator makes up nothing was sent.
            Sentence took = exchange.Sends > 0 ? $" in {Sentence.Of(ExchangeWords.Of(exchange.Elapsed))}, {exchange.Sends} {Sentence.Of(exchange.Sends == 1 ? "datagram" : "datagrams")}" : Sentence.Empty;
            Sentence message = decision.ReplyMessage is { } text ? $", Reply-Message '{text}'" : Sentence.Empty;
            yield return new StoryStep(StoryStepKind.Answered, reply.Name, $"{Sentence.Of(reply.Name)} from {exchange.ServerName}{took}{message}.");
        }
    }

    private static IEnumerable<StoryStep> Ruled(PolicyDecision decision, DecisionReplay? replay)
    {
        if (replay is null)
        {
            yield return new StoryStep(StoryStepKind.Rules, string.Create(CultureInfo.InvariantCulture, $"Rules, version {decision.PolicyVersion}"), $"{decision.Words}");
            yield break;
        }

        if (replay.Rules.Count == 0)
        {
            yield return new StoryStep(StoryStepKind.Rules, "Rules", Sentence.Of("There are no rules."));
        }

        foreach (var step in replay.Rules.Where(step => step.Fate != RuleFate.NotAsked).Take(MostRules))
        {
            yield return step.Fate == RuleFate.Held
                ? new StoryStep(StoryStepKind.RuleHeld, "Rule held", $"Rule '{step.Rule}' held: all its conditions are true.")
                : new StoryStep(StoryStepKind.RuleMissed, "Rule did not hold", $"Rule '{step.Rule}' did not hold: {step.Reason}.");
        }

        var left = replay.Rules.Count(step => step.Fate == RuleFate.NotAsked);
        if (left > 0)
        {
            yield return new StoryStep(StoryStepKind.Rules, "Rules not asked", $"{left} {Sentence.Of(left == 1 ? "rule stands" : "rules stand")} behind the one that held and {Sentence.Of(left == 1 ? "was" : "were")} not asked.");
        }
        else if (replay.Rules.Count > 0 && replay.Rules.All(step => step.Fate == RuleFate.Missed))
        {
            yield return new StoryStep(StoryStepKind.Rules, "No rule held", Sentence.Of("So what the server and the settings say counts alone."));
        }
    }

    private static IEnumerable<StoryStep> Result(PolicyDecision decision, DecisionReplay? replay)
    {
        switch (DecisionKinds.VerdictOf(decision))
        {
            case DecisionVerdict.Challenged:
                break;
            case DecisionVerdict.Granted:
                Sentence role = decision.Role is null ? Sentence.Of("No role") : $"Role {decision.Role}";
                var limits = replay is null ? [] : PolicyReading.Limits(replay.Decision.Limits).ToList();
                if (replay?.Decision.Devices is { } devices)
                {
                    limits.Add(PolicyReading.Devices(devices));
                }

                Sentence under = replay is null ? Sentence.Empty : limits.Count == 0 ? Sentence.Of(", no limit") : $", {Sentence.Of(string.Join("; ", limits))}";
                yield return new StoryStep(StoryStepKind.Given, "Access granted", $"{role}{under}.");
                break;
            default:
                yield return new StoryStep(StoryStepKind.Denied, "Access refused", DecisionHeadline.Of(decision));
                break;
        }
    }

    private static IEnumerable<StoryStep> After(DecisionKind kind, bool? isLast) => kind == DecisionKind.Challenged && isLast is { } last
        ? [last
            ? new StoryStep(StoryStepKind.After, "Abandoned", Sentence.Of("Nobody answered the challenge: nothing more of this sign-in is recorded."))
            : new StoryStep(StoryStepKind.After, "Went on", Sentence.Of("The sign-in went on: see the other records of it."))]
        : [];

    private static Sentence Sends(ExchangeRecord exchange) =>
        $"{exchange.Sends} {Sentence.Of(exchange.Sends == 1 ? "datagram" : "datagrams")} in {Sentence.Of(ExchangeWords.Of(exchange.Elapsed))}";

    private static Sentence Problem(string? problem) => problem is { Length: > 0 } ? $" ({problem})" : Sentence.Empty;

    private static Sentence Clock(DateTimeOffset at) => Sentence.Of(at.UtcDateTime.ToString("HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));

    private static string Words(ArrivalAnswer answer) => answer switch
    {
        ArrivalAnswer.SignIn => "it got 511 with the link to the portal",
        ArrivalAnswer.Redirect => "a connectivity probe, sent to the portal",
        ArrivalAnswer.Probe => "a connectivity probe, answered with 511",
        _ => "answered",
    };
}
