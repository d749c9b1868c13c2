using NacGateway.Radius.Client;

namespace NacGateway.Core.Authentication;

/// <summary>What came of a sign-in that was sent to try a server. It holds no secret.</summary>
public sealed record RadiusTestResult
{
    /// <summary>The outcome.</summary>
    public required RadiusTestOutcome Outcome { get; init; }

    /// <summary>How the exchange ended; null when nothing was sent.</summary>
    public ExchangeStatus? Status { get; init; }

    /// <summary>Server that answered, or was asked last.</summary>
    public string? ServerName { get; init; }

    /// <summary>What went wrong, in words; null for nothing to add.</summary>
    public string? Problem { get; init; }

    /// <summary>When another try is allowed; null unless throttled.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What the server said to the person: foreign text.</summary>
    public IReadOnlyList<string> ReplyMessages { get; init; } = [];

    /// <summary>What was said, attribute by attribute, secrets left out; null when nothing was sent.</summary>
    public ExchangeRecord? Exchange { get; init; }
}
