using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Insight.Decisions;
using NacGateway.Core.Insight.Search;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Insight.People;

/// <summary>What is kept of one person or one device, found by indexes. Every question is bounded. Safe for concurrent use.</summary>
public sealed class PeopleFiles(IDbContextFactory<GatewayDbContext> contexts, GatewayIdentity identity, SessionTable table, TimeProvider time)
{
    /// <summary>Sessions and tries that are shown.</summary>
    public const int Shown = 50;

    /// <summary>Sessions among which devices, people and addresses are counted.</summary>
    public const int LookedAt = 500;

    private readonly SessionRowReading _reading = new(table, identity.Name, time);

    /// <summary>An account, however it is spelled.</summary>
    public async Task<PersonFile> OfUserAsync(string userName, CancellationToken cancellationToken)
    {
        var key = SessionRows.UserKey(CleanText.Of(userName));
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var file = await ReadAsync(SessionsOf(database, key), DecisionsOf(database, key), cancellationToken).ConfigureAwait(false);
            var name = file.Sessions.Count > 0 ? file.Sessions[0].UserName : file.Decisions.Count > 0 ? file.Decisions[0].UserName : userName;
            return file with { Name = name, People = [] };
        }
    }

    /// <summary>A device.</summary>
    /// <param name="station">Its MAC address as the database spells it, see <see cref="StationText"/>.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<PersonFile> OfDeviceAsync(string station, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var file = await ReadAsync(SessionsOfDevice(database, station), DecisionsOfDevice(database, station), cancellationToken).ConfigureAwait(false);
            return file with { Name = station, Devices = [] };
        }
    }

    internal static IQueryable<Session> SessionsOf(GatewayDbContext database, string userKey) =>
        database.Set<Session>().AsNoTracking().Where(row => row.UserKey == userKey).OrderByDescending(row => row.StartedAt);

    internal static IQueryable<PolicyDecision> DecisionsOf(GatewayDbContext database, string userKey) =>
        database.Set<PolicyDecision>().AsNoTracking().Where(row => row.UserKey == userKey).OrderByDescending(row => row.At);

    internal static IQueryable<Session> SessionsOfDevice(GatewayDbContext database, string station) =>
        database.Set<Session>().AsNoTracking().Where(row => row.CallingStationId == station).OrderByDescending(row => row.StartedAt);

    internal static IQueryable<PolicyDecision> DecisionsOfDevice(GatewayDbContext database, string station) =>
        database.Set<PolicyDecision>().AsNoTracking().Where(row => row.CallingStationId == station).OrderByDescending(row => row.At);

    private async Task<PersonFile> ReadAsync(IQueryable<Session> sessions, IQueryable<PolicyDecision> decisions, CancellationToken cancellationToken)
    {
        var rows = await sessions.Take(Shown + 1).Select(SessionRowReading.Columns).ToListAsync(cancellationToken).ConfigureAwait(false);
        var tries = await decisions.Take(Shown + 1).Select(DecisionSearch.Columns).ToListAsync(cancellationToken).ConfigureAwait(false);
        var met = await sessions.Take(LookedAt).Select(row => new { row.UserName, row.UserKey, row.CallingStationId, row.ClientAddress, row.StartedAt }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return new PersonFile
        {
            Name = "",
            Sessions = [.. rows.Take(Shown).Select(_reading.Complete)],
            HasMoreSessions = rows.Count > Shown,
            Decisions = [.. tries.Take(Shown)],
            HasMoreDecisions = tries.Count > Shown,
            Devices = [.. met.Where(row => row.CallingStationId is not null).GroupBy(row => row.CallingStationId!, StringComparer.Ordinal).Select(group => new Acquaintance(group.Key, group.Count(), group.First().StartedAt))],
            People = [.. met.GroupBy(row => row.UserKey, StringComparer.Ordinal).Select(group => new Acquaintance(group.First().UserName, group.Count(), group.First().StartedAt))],
            Addresses = [.. met.GroupBy(row => row.ClientAddress, StringComparer.Ordinal).Select(group => new Acquaintance(group.Key, group.Count(), group.First().StartedAt)).Take(Shown)],
        };
    }
}
