using System.Net;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Policy;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>Who has to go before a session may begin: the device's own earlier session, and the oldest ones where the rule says so.</summary>
/// <param name="IsAdmitted">Whether it may begin.</param>
/// <param name="Others">The user's other devices online.</param>
/// <param name="ToEnd">What has to end first, with the cause. Tracked.</param>
internal sealed record SessionAdmission(bool IsAdmitted, int Others, IReadOnlyList<(Session Row, AcctTerminateCause Cause)> ToEnd)
{
    public static readonly SessionAdmission Free = new(true, 0, []);

    /// <summary>Decides inside the transaction that opens the session. Where several gateways share the database, the user's lock is held.</summary>
    /// <param name="database">The transaction.</param>
    /// <param name="candidate">The session that is to begin.</param>
    /// <param name="devices">The user's devices at once.</param>
    /// <param name="table">Says which sessions have moved away from the address; their rows follow here, where that is not recorded yet.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public static async Task<SessionAdmission> DecideAsync(GatewayDbContext database, Session candidate, DeviceRule devices, SessionTable table, CancellationToken cancellationToken)
    {
        var own = await database.Set<Session>().AsTracking()
            .Where(other => other.EndedAt == null && other.Owner == candidate.Owner)
            .Where(other => other.ClientAddress == candidate.ClientAddress || (candidate.CallingStationId != null && other.CallingStationId == candidate.CallingStationId))
            .ToListAsync(cancellationToken).ConfigureAwait(false);

        own.RemoveAll(row => HasMoved(row, candidate, table));

        // The gateway itself ends it, and no error did (RFC 2866 section 5.10): the MAC or IP address has moved. Cause 19 tells of 802.1X alone.
        List<(Session Row, AcctTerminateCause Cause)> toEnd = [.. own.Select(row => (row, AcctTerminateCause.NasRequest))];
        if (devices.Most == 0)
        {
            return new SessionAdmission(true, 0, toEnd);
        }

        // The device's own session does not count: it is replaced, and nobody is locked out by himself. One that the same device left
        // behind at another gateway, which alone may end it, does not count either.
        var replaced = own.ConvertAll(row => row.Id);
        var others = await database.Set<Session>().AsTracking()
            .Where(other => other.UserKey == candidate.UserKey && other.EndedAt == null && !replaced.Contains(other.Id))
            .Where(other => candidate.CallingStationId == null || other.CallingStationId == null || other.CallingStationId != candidate.CallingStationId)
            .OrderBy(other => other.StartedAt).ThenBy(other => other.Id)
            .ToListAsync(cancellationToken).ConfigureAwait(false);

        // Nor does what another gateway has left open past its Session-Timeout: that may be gone for good, and nobody else may end it.
        others.RemoveAll(other => other.Owner != candidate.Owner && IsOver(other, candidate.StartedAt));
        var tooMany = others.Count - devices.Most + 1;
        if (tooMany <= 0)
        {
            return new SessionAdmission(true, others.Count, toEnd);
        }

        // Only its own gateway may end a session; where too few of them are ours, the new one is refused after all.
        var oldest = others.Where(other => other.Owner == candidate.Owner).Take(tooMany).ToList();
        if (!devices.EndOldest || oldest.Count < tooMany)
        {
            return new SessionAdmission(false, others.Count, []);
        }

        toEnd.AddRange(oldest.Select(row => (row, AcctTerminateCause.NasRequest)));
        return new SessionAdmission(true, others.Count, toEnd);
    }

    /// <summary>
    /// Whether a session that began at this address goes on at others: another device took the address from it. The row is put under one of
    /// those, because the database allows one open session for an address.
    /// </summary>
    private static bool HasMoved(Session row, Session candidate, SessionTable table)
    {
        if ((candidate.CallingStationId is not null && string.Equals(row.CallingStationId, candidate.CallingStationId, StringComparison.Ordinal))
            || !table.TryFind(row.AcctSessionId, out var session)
            || session.Addresses.Held is not [.., var last] held
            || held.Contains(ClientKey.From(IPAddress.Parse(candidate.ClientAddress))))
        {
            return false;
        }

        row.ClientAddress = last.ToString();
        return true;
    }

    private static bool IsOver(Session row, DateTimeOffset at) =>
        row.SessionTimeout is { } seconds && (at - row.StartedAt).TotalSeconds >= seconds + (row.Reauthenticates ? ActiveSession.LongestRenewal.TotalSeconds : 0);
}
