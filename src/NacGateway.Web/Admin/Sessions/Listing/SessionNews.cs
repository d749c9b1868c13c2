using NacGateway.Core.Insight.Search;
using NacGateway.Core.Sessions;

namespace NacGateway.Web.Admin.Sessions.Listing;

/// <summary>
/// Tells which events cannot concern a list, so that a list of one user is not read anew for everybody else's. It errs to one side: what it
/// cannot tell may concern it.
/// </summary>
internal sealed class SessionNews(SessionQuery query, SessionSubscription subscription) : IDisposable
{
    /// <summary>Events of one second that are looked at; when there are more, the list is read anew.</summary>
    public const int MostWaiting = 2_000;

    private long _missed;

    /// <summary>Called when nobody listens any more.</summary>
    public Action? Left { get; init; }

    /// <summary>Whether a session that ends leaves the list.</summary>
    public bool IsOfOpenOnly { get; } = query.States.Count > 0 && !query.States.Contains(SessionStateFilter.Ended);

    /// <summary>What has happened since the call before.</summary>
    public IEnumerable<SessionNotice> Read()
    {
        for (var read = 0; read < MostWaiting && subscription.Reader.TryRead(out var notice); read++)
        {
            yield return notice;
        }
    }

    /// <summary>Whether events were lost since the call before: then anything may have happened.</summary>
    public bool HasMissed()
    {
        var before = _missed;
        _missed = subscription.Dropped;
        return _missed != before;
    }

    public void Dispose()
    {
        subscription.Dispose();
        Left?.Invoke();
    }

    /// <summary>Whether an event of a session that the list does not show may be of one that it should.</summary>
    public bool MayConcern(SessionNotice notice) =>
        notice.Kind != SessionNoticeKind.Refused
        && Fits(query.Servers, notice.ServerName, StringComparison.Ordinal)
        && (notice.Kind != SessionNoticeKind.Opened || Fits(query.Users.Where(IsPlain), query.Users.Count, notice.UserName));

    private static bool Fits(IReadOnlyList<string> asked, string? has, StringComparison comparison) =>
        asked.Count == 0 || has is null || asked.Any(one => string.Equals(one, has, comparison));

    /// <summary>Names are compared by a form of their own in the database; of plain letters it is one without regard to case.</summary>
    private static bool Fits(IEnumerable<string> plain, int asked, string? has)
    {
        if (asked == 0 || has is null || !IsPlain(has))
        {
            return true;
        }

        var count = 0;
        foreach (var one in plain)
        {
            count++;
            if (has.StartsWith(one, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return count < asked;
    }

    private static bool IsPlain(string text) => text.All(c => c is > ' ' and <= '~');
}
