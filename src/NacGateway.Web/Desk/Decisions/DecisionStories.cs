using Microsoft.Extensions.Options;
using NacGateway.Core.Authentication;
using NacGateway.Core.Insight.Decisions;

namespace NacGateway.Web.Desk.Decisions;

/// <summary>Finds decisions and tells their stories: the one place for pages and API.</summary>
internal sealed class DecisionStories(DecisionSearch search, DecisionReplays replays, IOptions<RadiusOptions> radius, TimeProvider time)
{
    /// <summary>After so long an unanswered challenge is abandoned: it cannot be answered any more.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <summary>Names of the servers in use.</summary>
    public IReadOnlyList<string> Servers { get; } = [.. radius.Value.Servers.Select(server => server.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>The story of a decision; null when there is none of that number.</summary>
    public async Task<ToldDecision?> FindAsync(long id, CancellationToken cancellationToken)
    {
        if (await search.FindAsync(id, cancellationToken) is not { } file)
        {
            return null;
        }

        var hasLater = file.Related.Any(other => other.Id > id);
        var isLast = hasLater ? false : time.GetUtcNow() - file.Decision.At > s_patience ? true : (bool?)null;
        return new ToldDecision(file, DecisionStory.Of(file.Decision, await replays.RunAsync(file.Decision, cancellationToken), isLast));
    }
}
