using System.Net;
using NacGateway.Core.Accounting;

namespace NacGateway.Core.Sessions;

/// <summary>What accounting is told about a session, from its row.</summary>
internal static class SessionReports
{
    public static AccountingEvent Start(Session row) => Report(row, AcctStatusType.Start, row.StartedAt);

    public static AccountingEvent Interim(Session row, DateTimeOffset at) => Report(row, AcctStatusType.InterimUpdate, at);

    /// <summary>The end of a session that has ended.</summary>
    public static AccountingEvent Stop(Session row) => Report(row, AcctStatusType.Stop, row.EndedAt!.Value);

    private static AccountingEvent Report(Session row, AcctStatusType status, DateTimeOffset at) => new()
    {
        Status = status,
        At = at,
        AcctSessionId = row.AcctSessionId,
        UserName = row.UserName,
        ClientAddress = IPAddress.TryParse(row.ClientAddress, out var address) ? address : null,
        CallingStationId = row.CallingStationId,
        ServerName = row.ServerName,
        Authentic = row.Authentic,
        Classes = PackedOctets.Unpack(row.Classes),
        ChargeableUserIdentity = row.ChargeableUserIdentity,
        TunnelAttributes = row.TunnelAttributes,
        SessionTime = at - row.StartedAt,
        InputOctets = row.InputOctets,
        OutputOctets = row.OutputOctets,
        TerminateCause = (uint)(row.TerminateCause ?? AcctTerminateCause.None),
    };
}
