using NacGateway.Core.Insight;
using NacGateway.Core.Insight.Decisions;
using NacGateway.Core.Policy;

namespace NacGateway.Web.Api.Decisions;

/// <summary>A decision about a sign-in or an open session.</summary>
public sealed record DecisionItem
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What it came to.</summary>
    public required DecisionVerdict Verdict { get; init; }

    /// <summary>What it is about.</summary>
    public required DecisionKind Outcome { get; init; }

    /// <summary>What a refusal comes to; null for none.</summary>
    public RefusalKind? Reason { get; init; }

    /// <summary>All of it in one sentence. Parts of it were written by users and servers.</summary>
    public required string Why { get; init; }

    /// <summary>User-Name as typed; empty where it could not be recorded.</summary>
    public required string User { get; init; }

    /// <summary>The client's address; null in records of earlier releases.</summary>
    public string? Address { get; init; }

    /// <summary>The client's MAC address; null when it was not known.</summary>
    public string? Mac { get; init; }

    /// <summary>The RADIUS server that was asked last; null when none was.</summary>
    public string? Server { get; init; }

    /// <summary>How long the answer took, in milliseconds; null without an answer.</summary>
    public int? ElapsedMilliseconds { get; init; }

    /// <summary>Reply-Message of the answer: foreign text; null when it had none.</summary>
    public string? ReplyMessage { get; init; }

    /// <summary>Version of the rules; 0 when there were none.</summary>
    public required int PolicyVersion { get; init; }

    /// <summary>The rule that held; null when none did.</summary>
    public string? Rule { get; init; }

    /// <summary>The role that was given; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>The code that the person saw; null when nobody saw one.</summary>
    public string? Reference { get; init; }

    /// <summary>Acct-Session-Id of the session that it opened, or would have.</summary>
    public required string AcctSessionId { get; init; }

    internal static DecisionItem Of(PolicyDecision decision) => new()
    {
        Id = decision.Id,
        At = decision.At,
        Verdict = DecisionKinds.VerdictOf(decision),
        Outcome = DecisionKinds.Of(decision),
        Reason = DecisionKinds.VerdictOf(decision) == DecisionVerdict.Refused && decision.Outcome is { } outcome ? RefusalReasons.KindOf(outcome, decision.ReplyMessage) : null,
        Why = DecisionHeadline.Of(decision).ToString(),
        User = decision.UserName,
        Address = decision.ClientAddress,
        Mac = decision.CallingStationId,
        Server = decision.ServerName,
        ElapsedMilliseconds = decision.ElapsedMilliseconds,
        ReplyMessage = decision.ReplyMessage,
        PolicyVersion = decision.PolicyVersion,
        Rule = decision.Rule,
        Role = decision.Role,
        Reference = decision.Reference,
        AcctSessionId = decision.AcctSessionId,
    };
}
