using System.Collections.Concurrent;
using System.Globalization;
using NacGateway.Core.Insight.Acts;
using NacGateway.Core.Insight.Search;

namespace NacGateway.Web.Desk.Acts;

/// <summary>
/// What administrators do to sessions: the one place for pages and API. Recorded first, then done. An act on many goes on when whoever asked
/// for it hangs up, and ends between two sessions when the gateway stops.
/// </summary>
internal sealed class SessionDesk(SessionActs acts, SessionSearch search, DeskAudit audit, IHostApplicationLifetime lifetime)
{
    /// <summary>Sessions at once: the database takes what waits together in one step, and sign-ins wait behind no more than this.</summary>
    private const int Together = 32;

    private const int LongestBy = 253;

    private static readonly string[] s_placing = ["sort", "dir", "page", "size", "cursor", "cols"];

    /// <summary>Acts on one session.</summary>
    /// <exception cref="Core.Storage.StorageUnavailableException">It could not be recorded, and was not done.</exception>
    public async Task<ActResult> ActAsync(DeskUser user, SessionAct act, string id)
    {
        await audit.RecordAsync(user, act.Name, id, await DetailAsync(act, id));
        var result = await acts.DoAsync(act, id, By(user), CancellationToken.None);
        if (result.Fate != ActFate.Done)
        {
            await audit.RecordAsync(user, act.Name, id, result.Words, result.Fate == ActFate.Failed ? "failed" : "done");
        }

        return result;
    }

    /// <summary>Acts on several: one line of the trail says what is asked for and for which, another what came of it; each session's history names who did it.</summary>
    /// <exception cref="Core.Storage.StorageUnavailableException">It could not be recorded, and was not done.</exception>
    public async Task<BulkOutcome> ActAsync(DeskUser user, SessionAct act, ActSelection chosen)
    {
        var target = string.Create(CultureInfo.InvariantCulture, $"{chosen.Ids.Count} sessions");
        await audit.RecordAsync(user, act.Name, target, $"{act.Words} {(chosen.Filter is { } filter ? $"All that match: {(filter.Length == 0 ? "no filter" : filter)}" : $"Chosen: {string.Join(' ', chosen.Ids)}")}", "asked");
        var outcome = await RunAsync(user, act, chosen.Ids);
        await audit.RecordAsync(user, act.Name, target, outcome.Words, outcome.Failed + outcome.NotReached > 0 ? "failed" : "done");
        return outcome;
    }

    /// <summary>The open sessions that a filter finds now.</summary>
    /// <param name="filter">Keys and values of the list's own query.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ActSelection> SelectAsync(IReadOnlyList<KeyValuePair<string, string>> filter, CancellationToken cancellationToken)
    {
        var narrowing = filter.Where(pair => !s_placing.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)).ToList();
        var query = SessionQueryReader.Read(narrowing);
        var states = query.States.Where(state => state != SessionStateFilter.Ended).ToList();
        List<string> ids = [];
        if (states.Count > 0 || query.States.Count == 0)
        {
            await foreach (var row in search.StreamAsync(query with { States = states.Count > 0 ? states : [SessionStateFilter.Open] }, cancellationToken))
            {
                ids.Add(row.AcctSessionId);
            }
        }

        return new ActSelection([.. ids.Distinct(StringComparer.Ordinal)], string.Join('&', narrowing.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    private async Task<BulkOutcome> RunAsync(DeskUser user, SessionAct act, IReadOnlyList<string> ids)
    {
        var (done, skipped, failed) = (0, 0, 0);
        var failures = new ConcurrentQueue<ActResult>();
        var by = By(user);
        try
        {
            await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = lifetime.ApplicationStopping }, async (id, _) =>
            {
                // Not the token: what has begun is finished.
                var result = await acts.DoAsync(act, id, by, CancellationToken.None);
                switch (result.Fate)
                {
                    case ActFate.Done:
                        Interlocked.Increment(ref done);
                        break;
                    case ActFate.Skipped:
                        Interlocked.Increment(ref skipped);
                        break;
                    default:
                        if (Interlocked.Increment(ref failed) <= BulkOutcome.MostFailures)
                        {
                            failures.Enqueue(result);
                        }

                        break;
                }
            });
        }
        catch (OperationCanceledException)
        {
            // The gateway stops; those that were not reached are told as such.
        }

        return new BulkOutcome { Act = act, Done = done, Skipped = skipped, Failed = failed, NotReached = ids.Count - done - skipped - failed, Failures = [.. failures] };
    }

    private async Task<string> DetailAsync(SessionAct act, string id) =>
        await search.FindAsync(id, CancellationToken.None) is { } row ? $"{act.Words} User {row.UserName} at {row.ClientAddress}." : act.Words;

    private static string By(DeskUser user)
    {
        var name = user.IsKey ? user.Name : $"administrator {user.Name}";
        return name.Length <= LongestBy ? name : name[..LongestBy];
    }
}
