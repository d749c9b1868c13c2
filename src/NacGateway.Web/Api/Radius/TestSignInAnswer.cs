using NacGateway.Core.Authentication;
using NacGateway.Web.Api.Decisions;
using NacGateway.Web.Desk.Radius;

namespace NacGateway.Web.Api.Radius;

/// <summary>What came of a test sign-in.</summary>
public sealed record TestSignInAnswer
{
    /// <summary>The outcome.</summary>
    public required RadiusTestOutcome Outcome { get; init; }

    /// <summary>The outcome in a sentence.</summary>
    public required string Title { get; init; }

    /// <summary>What it means and what to do.</summary>
    public required string Explanation { get; init; }

    /// <summary>Server that answered, or was asked last.</summary>
    public string? Server { get; init; }

    /// <summary>From the first transmission to the end, in milliseconds; null when nothing was sent.</summary>
    public double? ElapsedMilliseconds { get; init; }

    /// <summary>Reply-Messages: foreign text.</summary>
    public required IReadOnlyList<string> ReplyMessages { get; init; }

    /// <summary>The request, secrets left out; null when nothing was sent.</summary>
    public DecisionPacket? Request { get; init; }

    /// <summary>The answer; null when none was believed.</summary>
    public DecisionPacket? Reply { get; init; }

    internal static TestSignInAnswer Of(RadiusTestResult result) => new()
    {
        Outcome = result.Outcome,
        Title = RadiusTestWords.Title(result),
        Explanation = RadiusTestWords.Explanation(result),
        Server = result.ServerName,
        ElapsedMilliseconds = result.Exchange?.Elapsed.TotalMilliseconds,
        ReplyMessages = result.ReplyMessages,
        Request = DecisionPacket.Of(result.Exchange?.Request),
        Reply = DecisionPacket.Of(result.Exchange?.Reply),
    };
}
