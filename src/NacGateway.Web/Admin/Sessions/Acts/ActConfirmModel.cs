namespace NacGateway.Web.Admin.Sessions.Acts;

/// <summary>The question before an act, as a page of its own.</summary>
public sealed record ActConfirmModel
{
    /// <summary>disconnect, extend, role or message.</summary>
    public required string Verb { get; init; }

    /// <summary>How many sessions.</summary>
    public required int Count { get; init; }

    /// <summary>What the first request brought.</summary>
    public required IReadOnlyList<(string Key, string Value)> Fields { get; init; }

    /// <summary>Where Cancel leads.</summary>
    public required string Back { get; init; }

    /// <summary>Whether their number must be typed.</summary>
    public bool NeedsNumber { get; init; }

    /// <summary>What was wrong with the answer before; null for nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>Roles to choose from.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Values so far.</summary>
    public string Minutes { get; init; } = "";

    /// <summary>See <see cref="Minutes"/>.</summary>
    public string Role { get; init; } = "";

    /// <summary>See <see cref="Minutes"/>.</summary>
    public string Text { get; init; } = "";
}
