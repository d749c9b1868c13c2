using NacGateway.Core.Insight.Acts;

namespace NacGateway.Web.Api.Sessions.Detail;

/// <summary>What became of an act on one session.</summary>
public sealed record ActAnswer
{
    /// <summary>Acct-Session-Id.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it was done, or there was nothing to do, or it failed.</summary>
    public required ActFate Fate { get; init; }

    /// <summary>A sentence that says what is so now, or why not.</summary>
    public required string Text { get; init; }

    internal static ActAnswer Of(ActResult result) => new() { Id = result.AcctSessionId, Fate = result.Fate, Text = result.Words };
}
