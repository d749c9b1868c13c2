namespace NacGateway.TestKit;

/// <summary>What kind of browser a visitor has.</summary>
public sealed record VisitorOptions
{
    /// <summary>Whether scripts run.</summary>
    public bool JavaScript { get; init; } = true;

    /// <summary>Whether cookies are kept; without, every Set-Cookie is forgotten at once, as in a captive mini-browser.</summary>
    public bool Cookies { get; init; } = true;

    /// <summary>Preferred language, as sent in Accept-Language.</summary>
    public string Language { get; init; } = "en-US";

    /// <summary>Whether the person prefers dark colours.</summary>
    public bool Dark { get; init; }

    /// <summary>Width of the window in CSS pixels.</summary>
    public int Width { get; init; } = 390;

    /// <summary>Height of the window in CSS pixels.</summary>
    public int Height { get; init; } = 844;

    /// <summary>Whether every certificate is taken for good: that of a test was issued by nobody whom the browser knows.</summary>
    public bool AnyCertificate { get; init; }

    /// <summary>The proxy that all but 127.0.0.1 is reached by, such as <c>http://127.0.0.1:8080</c>; null for none.</summary>
    public string? Proxy { get; init; }
}
