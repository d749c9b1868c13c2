namespace NacGateway.Web.Admin.Frame;

/// <summary>A page that is to be written: which component, from which model, and which of its regions can be asked for alone.</summary>
public sealed record DeskView
{
    /// <summary>Title and heading.</summary>
    public required string Title { get; init; }

    /// <summary>Component of the page, a <see cref="DeskComponent{TModel}"/>.</summary>
    public required Type Page { get; init; }

    /// <summary>Its model; regions get the same.</summary>
    public required object Model { get; init; }

    /// <summary>Components of the regions by their names, the ids of their elements.</summary>
    public IReadOnlyDictionary<string, Type> Regions { get; init; } = new Dictionary<string, Type>(StringComparer.Ordinal);

    /// <summary>Path of the feed that keeps the page up to date, such as <c>/live/sessions</c>; null for a page that stands still.</summary>
    public string? Live { get; init; }

    /// <summary>The list that the page shows and that can be kept under a name, such as <c>/sessions</c>; null for a page that is none.</summary>
    public string? Keeps { get; init; }

    /// <summary>HTTP status.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Whether it stands alone, without navigation: the sign-in.</summary>
    public bool IsBare { get; init; }
}
