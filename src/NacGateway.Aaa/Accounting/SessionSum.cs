using System.Globalization;

namespace NacGateway.Aaa.Accounting;

/// <summary>Adds a record to a session, and says what is not in order with it. Pure.</summary>
internal static class SessionSum
{
    public static BookedSession Add(BookedSession session, AccountingRecord record, out string? fault)
    {
        var order = OrderFault(session, record.Status);
        var shrunk = ShrinkFault(session, record);
        fault = (order, shrunk) switch
        {
            (null, null) => null,
            (_, null) => order,
            (null, _) => shrunk,
            _ => $"{order}; {shrunk}",
        };
        return session with
        {
            UserName = record.UserName,
            Starts = session.Starts + (record.Status == AccountingStatus.Start ? 1 : 0),
            Interims = session.Interims + (record.Status == AccountingStatus.Interim ? 1 : 0),
            Stops = session.Stops + (record.Status == AccountingStatus.Stop ? 1 : 0),
            InputOctets = record.InputOctets ?? session.InputOctets,
            OutputOctets = record.OutputOctets ?? session.OutputOctets,
            SessionTime = record.SessionTime ?? session.SessionTime,
            TerminateCause = record.Status == AccountingStatus.Stop ? record.TerminateCause : session.TerminateCause,
            OctetsShrank = session.OctetsShrank || record.InputOctets < session.InputOctets || record.OutputOctets < session.OutputOctets,
            OrderFaults = session.OrderFaults + (order is null ? 0 : 1),
            Faults = fault is null || session.Faults.Count == BookedSession.MaxFaults ? session.Faults : [.. session.Faults, fault],
        };
    }

    private static string? OrderFault(BookedSession session, AccountingStatus status) => status switch
    {
        AccountingStatus.Start when session.Stops > 0 => "Start after Stop",
        AccountingStatus.Start when session.Starts > 0 => "a second Start",
        AccountingStatus.Start when session.Interims > 0 => "Start after Interim-Update",
        AccountingStatus.Interim when session.Stops > 0 => "Interim-Update after Stop",
        AccountingStatus.Interim when session.Starts == 0 => "Interim-Update before Start",
        AccountingStatus.Stop when session.Stops > 0 => "a second Stop",
        AccountingStatus.Stop when session.Starts == 0 => "Stop before Start",
        _ => null,
    };

    private static string? ShrinkFault(BookedSession session, AccountingRecord record)
    {
        string?[] shrunk =
        [
            Shrunk("input octets", session.InputOctets, record.InputOctets),
            Shrunk("output octets", session.OutputOctets, record.OutputOctets),
            Shrunk("session time", session.SessionTime, record.SessionTime),
        ];
        return shrunk.All(fault => fault is null) ? null : string.Join("; ", shrunk.Where(fault => fault is not null));
    }

    private static string? Shrunk(string what, ulong before, ulong? now) =>
        now < before ? string.Create(CultureInfo.InvariantCulture, $"{what} shrank from {before} to {now}") : null;
}
