namespace NacGateway.Web.Admin.Kit;

/// <summary>
/// How a state, a tile or a notice looks: colour and shape together, so that neither alone says it. Good is a dot, Warn a square, Bad a
/// triangle, Leaving a ring, Gone a dash, Info a diamond, Unknown a question mark.
/// </summary>
public enum Look
{
    /// <summary>No state: plain text.</summary>
    Plain,

    /// <summary>Active, Up, accepted.</summary>
    Good,

    /// <summary>Idle, Slow, late.</summary>
    Warn,

    /// <summary>Stale, Down, rejected, dangerous.</summary>
    Bad,

    /// <summary>On its way out: Ending, Draining.</summary>
    Leaving,

    /// <summary>Ended.</summary>
    Gone,

    /// <summary>Nothing is known yet.</summary>
    Unknown,

    /// <summary>Neither good nor bad: a challenge, a hint.</summary>
    Info,
}
