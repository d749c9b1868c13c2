using NacGateway.Core.Insight;
using NacGateway.Core.Insight.Decisions;
using NacGateway.Core.Policy;
using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.Decisions;

/// <summary>The short words for what decisions came to, and for why people were refused; the same in the list, in its filters and on the page.</summary>
internal static class DecisionStates
{
    /// <summary>The badge of a decision.</summary>
    public static DeskState Of(PolicyDecision decision) => DecisionKinds.Of(decision) switch
    {
        DecisionKind.SignedIn => new DeskState("Signed in", Look.Good),
        DecisionKind.Challenged => new DeskState("One more step", Look.Info, "The server asked for one more step, such as a code."),
        DecisionKind.Renewed => new DeskState("Goes on", Look.Good, "The server was asked again about an open session, and accepted it."),
        DecisionKind.NotRenewed => new DeskState("Ended", Look.Bad, "The server was asked again about an open session, and did not accept it."),
        DecisionKind.Reapplied => new DeskState("Changed", Look.Info, "An administrator put the session under other rules."),
        DecisionKind.Withdrawn => new DeskState("Ended", Look.Bad, "An administrator put the session under other rules, which refuse it."),
        DecisionKind.Throttled or DecisionKind.Busy or DecisionKind.NotSendable or DecisionKind.ChallengeExpired => new DeskState("Not tried", Look.Warn, "No server was asked."),
        DecisionKind.NoAnswer => new DeskState("No reply", Look.Bad, "No server answered, so the password was not checked."),
        DecisionKind.WrongSecret or DecisionKind.MissingMessageAuthenticator => new DeskState("Reply dropped", Look.Bad, "What the server said could not be believed."),
        _ => DecisionKinds.VerdictOf(decision) == DecisionVerdict.Granted ? new DeskState("Signed in", Look.Good) : new DeskState("Refused", Look.Bad),
    };

    /// <summary>What decisions can come to, for the filter.</summary>
    public static IReadOnlyList<FacetOption> Outcomes { get; } =
    [
        new("granted", "Granted"),
        new("refused", "Refused"),
        new("challenged", "One more step"),
    ];

    /// <summary>Why people are refused, for the filter.</summary>
    public static IReadOnlyList<FacetOption> Reasons { get; } = [.. Enum.GetValues<RefusalKind>().Select(kind => new FacetOption(DecisionKinds.NameOf(kind), Words(kind)))];

    /// <summary>A reason in a few words.</summary>
    public static string Words(RefusalKind kind) => kind switch
    {
        RefusalKind.Rejected => "Rejected, no better reason",
        RefusalKind.WrongCredentials => "Wrong user or password",
        RefusalKind.AccountClosed => "Account locked or disabled",
        RefusalKind.Expired => "Account or password expired",
        RefusalKind.OutsideHours => "Outside hours",
        RefusalKind.NotPermitted => "Not permitted",
        RefusalKind.TooManyDevices => "Too many devices",
        RefusalKind.Rule => "Refused by a rule",
        RefusalKind.NoAnswer => "No server answered",
        RefusalKind.Misconfigured => "Server or secret misconfigured",
        RefusalKind.Throttled => "Too many tries",
        RefusalKind.Gateway => "Gateway busy or database away",
        RefusalKind.Unfinished => "Not finished or not sendable",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are no words for this reason."),
    };

    /// <summary>How a step of a story is marked.</summary>
    public static TimelineKind Mark(StoryStepKind kind) => kind switch
    {
        StoryStepKind.Answered or StoryStepKind.Asked => TimelineKind.Info,
        StoryStepKind.RuleHeld or StoryStepKind.Given => TimelineKind.Good,
        StoryStepKind.Denied => TimelineKind.Bad,
        StoryStepKind.Tried => TimelineKind.Warn,
        _ => TimelineKind.Plain,
    };
}
