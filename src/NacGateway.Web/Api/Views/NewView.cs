namespace NacGateway.Web.Api.Views;

/// <summary>A view to keep.</summary>
public sealed record NewView
{
    /// <summary>The page: /sessions, /people, /decisions or /audit.</summary>
    public required string Page { get; init; }

    /// <summary>Its name, 1 to 64 characters. One of the same page and name is replaced.</summary>
    public required string Name { get; init; }

    /// <summary>The query of the page, without the question mark.</summary>
    public required string Query { get; init; }

    /// <summary>Whether all administrators see it; left out, a new one is yours alone, and a replaced one stays as it is.</summary>
    public bool? Shared { get; init; }
}
