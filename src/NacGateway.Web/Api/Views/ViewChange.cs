namespace NacGateway.Web.Api.Views;

/// <summary>What a view becomes.</summary>
public sealed record ViewChange
{
    /// <summary>Its name, 1 to 64 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The query of the page, without the question mark.</summary>
    public required string Query { get; init; }

    /// <summary>Whether all administrators see it; left out, it stays as it is.</summary>
    public bool? Shared { get; init; }
}
