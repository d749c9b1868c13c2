namespace NacGateway.Web.Desk.Live;

/// <summary>What a cell shows now; what is null stays as it is. Texts are put as text, never as markup.</summary>
internal sealed record LiveCell
{
    /// <summary>Its text.</summary>
    public string? Text { get; init; }

    /// <summary>Its look, such as "bad"; empty for plain.</summary>
    public string? Look { get; init; }

    /// <summary>The instant that it shows, instead of a text.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>What it says on hover.</summary>
    public string? Title { get; init; }

    /// <summary>Value of a meter.</summary>
    public double? Value { get; init; }

    public static implicit operator LiveCell(string text) => new() { Text = text };
}
