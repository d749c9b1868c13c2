namespace NacGateway.Core.Insight.Decisions;

/// <summary>One search for decisions, newest first. Made from a URL by <see cref="DecisionQueryReader"/>. Its texts are foreign.</summary>
public sealed record DecisionQuery
{
    /// <summary>Rows of a page unless it says otherwise.</summary>
    public const int UsualSize = 50;

    /// <summary>Rows of a page at most.</summary>
    public const int MostRows = 1_000;

    /// <summary>The text of the search box as typed; null for none.</summary>
    public string? Text { get; init; }

    /// <summary>Words, each of which must fit a user, an address, a MAC address, a reference or an Acct-Session-Id.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Beginnings of user names; one must fit.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Addresses or beginnings of them; one must fit.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>MAC addresses or beginnings of them in any spelling; one must fit.</summary>
    public IReadOnlyList<string> Macs { get; init; } = [];

    /// <summary>Names of RADIUS servers; one must have been asked last.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>What it came to; one must fit.</summary>
    public IReadOnlyList<DecisionVerdict> Verdicts { get; init; } = [];

    /// <summary>What it is about; one must fit, beside the verdicts.</summary>
    public IReadOnlyList<DecisionKind> Kinds { get; init; } = [];

    /// <summary>What the refusal comes to; one must fit.</summary>
    public IReadOnlyList<RefusalKind> Reasons { get; init; } = [];

    /// <summary>Made within so long, such as "24h"; null for whenever.</summary>
    public string? Range { get; init; }

    /// <summary>Made at or after this; null for no matter.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Made before this; null for no matter.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Rows of a page.</summary>
    public int Size { get; init; } = UsualSize;

    /// <summary>Where the page begins, from an earlier <see cref="DecisionPage.Next"/>; null for the newest.</summary>
    public string? After { get; init; }

    /// <summary>What of the URL could not be used, as sentences for whoever typed it.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Whether anything narrows it.</summary>
    public bool IsFiltered => Words.Count + Users.Count + Addresses.Count + Macs.Count + Servers.Count + Verdicts.Count + Kinds.Count + Reasons.Count > 0 || Range is not null || From is not null || To is not null;
}
