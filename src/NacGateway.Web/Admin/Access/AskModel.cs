namespace NacGateway.Web.Admin.Access;

/// <summary>A question before an act that cannot be taken back.</summary>
public sealed record AskModel
{
    /// <summary>Where the answer goes: the address of the act.</summary>
    public required string Action { get; init; }

    /// <summary>The question.</summary>
    public required string Title { get; init; }

    /// <summary>Whom or what it is about: foreign text.</summary>
    public required string Subject { get; init; }

    /// <summary>What follows from it.</summary>
    public required string Effect { get; init; }

    /// <summary>The word on the button.</summary>
    public required string Verb { get; init; }

    /// <summary>Number of the thing, where the address does not say it; null for none.</summary>
    public string? Id { get; init; }

    /// <summary>Where Cancel leads.</summary>
    public required string Back { get; init; }
}
