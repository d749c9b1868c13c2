using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Insight.Search;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Tests.Insight;

/// <summary>How the database says that it would do a search.</summary>
internal static class QueryPlans
{
    /// <summary>The plans of all questions that a search asks.</summary>
    public static async Task<IReadOnlyList<string>> OfSearchAsync(SessionSearch search, GatewayDbContext database, SessionQuery query, CancellationToken cancellationToken)
    {
        var plan = await search.PlanAsync(database, query, cancellationToken);
        var states = await SessionStateConditions.OfAsync(database, query, "nacgateway", new SessionTable(TimeProvider.System), TimeProvider.System.GetUtcNow(), cancellationToken);
        var filter = new SessionFilter(query, states);
        var all = database.Set<Session>().AsNoTracking();
        List<string> plans =
        [
            await ExplainAsync(database, SessionSearch.PageQuery(plan, query, null).Take(query.Size + 1).Select(SessionRowReading.Columns), cancellationToken),
            await ExplainAsync(database, SessionSearch.CountQuery(plan), cancellationToken),
            await ExplainAsync(database, SessionPlan.EdgeQuery(filter.InTime(all), query, null), cancellationToken),
        ];
        foreach (var seek in filter.Seeks(_ => false).SelectMany(seeks => seeks))
        {
            plans.Add(await ExplainAsync(database, SessionPlan.CandidateQuery(filter.InTime(all), seek), cancellationToken));
        }

        return plans;
    }

    /// <summary>Whether a plan reads the whole table.</summary>
    public static bool ScansTheTable(string plan) =>
        plan.Contains("Seq Scan on \"Sessions\"", StringComparison.Ordinal)
        || plan.Split('\n').Contains("SCAN s", StringComparer.Ordinal);

    public static async Task<int> AnalyzeAsync(GatewayDbContext database, CancellationToken cancellationToken) => await database.Database.ExecuteSqlRawAsync("ANALYZE", cancellationToken);

    public static async Task<string> ExplainAsync<T>(GatewayDbContext database, IQueryable<T> query, CancellationToken cancellationToken)
    {
        await database.Database.OpenConnectionAsync(cancellationToken);
        await using DbCommand command = query.CreateDbCommand();
        command.CommandText = (database.Database.ProviderName!.Contains("Sqlite", StringComparison.Ordinal) ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<string> lines = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(reader.GetString(reader.FieldCount - 1));
        }

        return string.Join('\n', lines);
    }
}
