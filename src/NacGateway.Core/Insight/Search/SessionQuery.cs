using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.Search;

/// <summary>
/// One search for sessions. Made from a URL or from the text of a search box by <see cref="SessionQueryReader"/>, and written back by
/// <see cref="SessionQueryWriter"/>. Its texts are foreign.
/// </summary>
public sealed record SessionQuery
{
    /// <summary>Rows of a page unless it says otherwise.</summary>
    public const int UsualSize = 50;

    /// <summary>Rows of a page at most.</summary>
    public const int MostRows = 1_000;

    /// <summary>Sessions that pages by number reach; beyond, a search is to be made narrower.</summary>
    public const int MostByNumber = 10_000;

    /// <summary>The list that it belongs to.</summary>
    public SessionListing Listing { get; init; }

    /// <summary>Words, each of which must fit a user, an address, a MAC address, an Acct-Session-Id or a role.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Beginnings of user names; one must fit.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Addresses, beginnings of them such as "10.20." or prefixes such as 10.20.0.0/16; one must fit.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>MAC addresses or beginnings of them, in any spelling; one must fit.</summary>
    public IReadOnlyList<string> Macs { get; init; } = [];

    /// <summary>Names of roles; one must be among those of the session.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Names of RADIUS servers; one must have accepted.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>States; one must fit, and none means any.</summary>
    public IReadOnlyList<SessionStateFilter> States { get; init; } = [];

    /// <summary>Causes; one must be the session's.</summary>
    public IReadOnlyList<AcctTerminateCause> Causes { get; init; } = [];

    /// <summary>Begun within so long, such as "24h" or "30d"; null for whenever. Not together with <see cref="From"/> and <see cref="To"/>.</summary>
    public string? Range { get; init; }

    /// <summary>Begun at or after this; null for no matter.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Begun before this; null for no matter.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Order.</summary>
    public SessionSort Sort { get; init; }

    /// <summary>Whether the largest come first.</summary>
    public bool IsDescending { get; init; } = true;

    /// <summary>Number of the page, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Rows of a page.</summary>
    public int Size { get; init; } = UsualSize;

    /// <summary>Where the page begins, from an earlier <see cref="SessionPage.Next"/>; null for the number.</summary>
    public string? Cursor { get; init; }

    /// <summary>What of the URL could not be used, as sentences for whoever typed it.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Exactly this account, however it is spelled; for lists that belong to a person. Not part of a URL.</summary>
    public string? Account { get; init; }

    /// <summary>Whether only open sessions can fit.</summary>
    internal bool IsOpenOnly => States.Count > 0 && !States.Contains(SessionStateFilter.Ended);

    /// <summary>Whether only sessions that have ended can fit.</summary>
    internal bool IsEndedOnly => States.Count > 0 && States.All(state => state == SessionStateFilter.Ended);

    /// <summary>Whether anything but the list's own defaults narrows it.</summary>
    public bool IsFiltered =>
        Words.Count + Users.Count + Addresses.Count + Macs.Count + Roles.Count + Servers.Count + Causes.Count > 0
        || From is not null || To is not null || !string.Equals(Range, DefaultRange(Listing), StringComparison.Ordinal) || !States.SequenceEqual(DefaultStates(Listing));

    /// <summary>Whether a sort begins with the largest unless it says otherwise: times and amounts.</summary>
    public static bool DescendsFirst(SessionSort sort) => sort is SessionSort.Started or SessionSort.Ended or SessionSort.Down or SessionSort.Up;

    internal static IReadOnlyList<SessionStateFilter> DefaultStates(SessionListing listing) =>
        listing == SessionListing.Open ? [SessionStateFilter.Open] : [SessionStateFilter.Ended];

    internal static string? DefaultRange(SessionListing listing) => listing == SessionListing.Open ? null : "30d";
}
