using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NacGateway.Core.Authentication;
using NacGateway.Core.Policy;
using NacGateway.Core.Policy.Documents;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Insight.DryRun;

/// <summary>
/// Says which open sessions of this gateway other rules would change, and how. Reads only, session by session in bounded steps, so that
/// a hundred thousand of them need no more memory than a few hundred. Safe for concurrent use.
/// </summary>
public sealed class PolicyDryRun(SessionTable table, SessionTerms terms, PolicyStore store, IDbContextFactory<GatewayDbContext> contexts, IOptions<RadiusOptions> options)
{
    private const int Step = 500;

    /// <summary>Every open session with what would become of it, in no particular order.</summary>
    /// <param name="candidate">The rules that are tried.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<SessionForecast> RunAsync(AccessPolicy candidate, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        var versions = new Dictionary<int, AccessPolicy> { [0] = AccessPolicy.None };
        var asked = new HashSet<int> { 0 };
        var review = new SessionReview(candidate, versions, Context, options.Value.CalledStationId is { Length: > 0 } place ? place : null);
        foreach (var sessions in table.Walk().Chunk(Step))
        {
            var records = await RecordsAsync([.. sessions.Select(session => session.AcctSessionId)], cancellationToken).ConfigureAwait(false);
            foreach (var version in records.Values.Select(record => record.PolicyVersion).Where(asked.Add).ToList())
            {
                if (await store.FindAsync(version, cancellationToken).ConfigureAwait(false) is { } text && PolicyDocument.TryParse(text.Document, version, out var policy, out _))
                {
                    versions[version] = policy;
                }
            }

            foreach (var session in sessions)
            {
                yield return review.Judge(session, records.GetValueOrDefault(session.AcctSessionId));
            }
        }
    }

    private LimitContext Context(DateTimeOffset at) => terms.Of(at) with { RejectsUnknownAttributes = options.Value.RejectUnknownAttributes };

    /// <summary>The newest decision that granted each session.</summary>
    private async Task<Dictionary<string, PolicyDecision>> RecordsAsync(string[] ids, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var records = await database.Set<PolicyDecision>().AsNoTracking()
                .Where(record => ids.Contains(record.AcctSessionId) && record.IsGranted)
                .OrderBy(record => record.Id)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            var newest = new Dictionary<string, PolicyDecision>(StringComparer.Ordinal);
            records.ForEach(record => newest[record.AcctSessionId] = record);
            return newest;
        }
    }
}
