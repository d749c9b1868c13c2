using System.Net;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>
/// Ends a session whose row cannot be read as a whole, such as one that began at no date: column by column, so that it neither stays
/// open for ever nor keeps its client out. Its Stop says what the other columns and the memory still know.
/// </summary>
internal static class UnreadableSession
{
    /// <summary>Ends it inside a transaction.</summary>
    /// <param name="database">The transaction.</param>
    /// <param name="closing">Which, and why.</param>
    /// <param name="owner">The gateway.</param>
    /// <param name="session">The session in memory, if it got there before its row was damaged.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Its Stop; null when it was not open.</returns>
    public static async Task<AccountingEvent?> EndAsync(GatewayDbContext database, SessionClosing closing, string owner, ActiveSession? session, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var open = database.Set<Session>().Where(row => row.AcctSessionId == closing.AcctSessionId && row.Owner == owner && row.EndedAt == null);
        var left = await open.Select(row => new { row.UserName, row.ClientAddress, row.CallingStationId, row.ServerName, row.Classes, row.InputOctets, row.OutputOctets })
            .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (left is null)
        {
            return null;
        }

        var (input, output) = session?.Traffic.Octets ?? default;
        (input, output) = (Math.Max(input, left.InputOctets), Math.Max(output, left.OutputOctets));
        await open.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.EndedAt, at).SetProperty(row => row.TerminateCause, closing.Cause)
                .SetProperty(row => row.InputOctets, input).SetProperty(row => row.OutputOctets, output),
            cancellationToken).ConfigureAwait(false);
        return new AccountingEvent
        {
            Status = AcctStatusType.Stop,
            At = at,
            AcctSessionId = closing.AcctSessionId,
            UserName = left.UserName,
            ClientAddress = IPAddress.TryParse(left.ClientAddress, out var address) ? address : null,
            CallingStationId = left.CallingStationId,
            ServerName = left.ServerName,
            Classes = PackedOctets.Unpack(left.Classes),
            SessionTime = session is null ? TimeSpan.Zero : at - session.StartedAt,
            InputOctets = input,
            OutputOctets = output,
            TerminateCause = (uint)closing.Cause,
        };
    }
}
