namespace NacGateway.Web.Desk.Live;

/// <summary>What a tile shows now; what is null stays as it is.</summary>
internal sealed record LiveTile
{
    /// <summary>The figure.</summary>
    public string? Value { get; init; }

    /// <summary>The line below it.</summary>
    public string? Note { get; init; }

    /// <summary>Its look; empty for plain.</summary>
    public string? Look { get; init; }

    /// <summary>When the figure was taken; null for now.</summary>
    public DateTimeOffset? At { get; init; }
}
