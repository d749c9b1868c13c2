using NacGateway.Core.Insight;
using NacGateway.Core.Insight.Search;
using NacGateway.Core.Insight.Story;

namespace NacGateway.Web.Desk.Acts;

/// <summary>Reads one session for pages and API.</summary>
internal sealed class SessionFiles(SessionSearch search, SessionTimeline timeline)
{
    private const int LongestId = 64;

    /// <summary>How it stands; null where there is none.</summary>
    public async Task<SessionRow?> RowAsync(string id, CancellationToken cancellationToken) =>
        id.Length is > 0 and <= LongestId && !id.Contains('\0', StringComparison.Ordinal) ? await search.FindAsync(id, cancellationToken) : null;

    /// <summary>All of it; null where there is none.</summary>
    public async Task<SessionFile?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        if (await RowAsync(id, cancellationToken) is not { } row || await timeline.ReadAsync(row.AcctSessionId, cancellationToken) is not { } story)
        {
            return null;
        }

        return new SessionFile(row, Current(row, story), StoryLines.Of(story));
    }

    /// <summary>Other sessions of the same account, the newest first.</summary>
    public async Task<IReadOnlyList<SessionRow>> OthersAsync(SessionRow row, int most, CancellationToken cancellationToken)
    {
        var query = new SessionQuery { Account = row.UserName, Size = most + 1 };
        var page = await search.FindAsync(query, cancellationToken, counts: false);
        return [.. page.Rows.Where(other => other.AcctSessionId != row.AcctSessionId).Take(most)];
    }

    /// <summary>The story with what memory knows of the traffic beyond its last point.</summary>
    private static SessionStory Current(SessionRow row, SessionStory story) =>
        row is { IsHeld: true, ActiveAt: { } at } && story.Traffic is [.., var last] && at > last.At && row.InputOctets + row.OutputOctets > last.InputOctets + last.OutputOctets
            ? story with { Traffic = [.. story.Traffic, new TrafficPoint(at, row.InputOctets, row.OutputOctets)] }
            : story;
}
