using NacGateway.Core.Insight.Decisions;
using NacGateway.Web.Desk.Decisions;

namespace NacGateway.Web.Api.Decisions;

/// <summary>What a simulated sign-in comes to. Nothing was sent, opened or recorded.</summary>
public sealed record SimulationResult
{
    /// <summary>Whether a session would begin.</summary>
    public required bool Granted { get; init; }

    /// <summary>What the decision would be about.</summary>
    public required DecisionKind Outcome { get; init; }

    /// <summary>All of it in one sentence.</summary>
    public required string Why { get; init; }

    /// <summary>Version of the rules; 0 when there are none.</summary>
    public required int PolicyVersion { get; init; }

    /// <summary>The rule that would hold; null for none.</summary>
    public string? Rule { get; init; }

    /// <summary>The role that would be given; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>Limits of the session; null where none would begin.</summary>
    public SimulationLimits? Limits { get; init; }

    /// <summary>Devices that the user may have online at once; null for any number, or where that was not asked.</summary>
    public int? Devices { get; init; }

    /// <summary>The user's other devices that are online now.</summary>
    public required int Online { get; init; }

    /// <summary>Acct-Session-Ids of open sessions that would end for it.</summary>
    public required IReadOnlyList<string> Ends { get; init; }

    /// <summary>How each rule would fare; empty where none would be asked.</summary>
    public required IReadOnlyList<SimulationRule> Rules { get; init; }

    /// <summary>The story that the record would tell.</summary>
    public required IReadOnlyList<DecisionStep> Steps { get; init; }

    /// <summary>The words that would be recorded; null where no record would be made at once.</summary>
    public string? Recorded { get; init; }

    /// <summary>Until when a try of this user from this client would have to wait, were it made now; null where it need not.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Title of the page that the person would read.</summary>
    public required string ToldTitle { get; init; }

    /// <summary>Its text, with what the rule or the server says to the person.</summary>
    public required string ToldText { get; init; }

    internal static SimulationResult Of(SimulationReport report)
    {
        var (outcome, told) = (report.Outcome!, report.Told!);
        var story = outcome.Story;
        return new SimulationResult
        {
            Granted = outcome.Outcome is null,
            Outcome = outcome.Record is { } record ? DecisionKinds.Of(record) : DecisionKinds.Find(outcome.Outcome?.GetType().Name),
            Why = story?.Headline.ToString() ?? "Refused: RADIUS cannot carry what was typed.",
            PolicyVersion = outcome.Record?.PolicyVersion ?? 0,
            Rule = outcome.Record?.Rule,
            Role = outcome.Record?.Role,
            Limits = SimulationLimits.Of(outcome.Limits),
            Devices = outcome.Devices is { Most: > 0 } devices ? devices.Most : null,
            Online = outcome.Online,
            Ends = outcome.Ends,
            Rules = [.. outcome.Rules.Select(step => new SimulationRule(step.Rule, step.Fate, step.Reason))],
            Steps = [.. (story?.Steps ?? []).Select(DecisionStep.Of)],
            Recorded = outcome.Record?.Words,
            HeldUntil = outcome.HeldUntil,
            ToldTitle = told.Title,
            ToldText = string.Join('\n', told.Messages.Prepend(told.Text).Where(line => line.Length > 0)),
        };
    }
}
