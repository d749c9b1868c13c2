namespace NacGateway.Core.Sessions;

/// <summary>What is due of one session in a pass: an Interim-Update, a point of its plot, or both.</summary>
internal sealed class DueReport
{
    /// <summary>What is due, with the octets of now: what moves while it is written counts as not reported.</summary>
    /// <param name="session">The session.</param>
    /// <param name="now">Timestamp of the pass.</param>
    /// <param name="hasAccounting">Whether Interim-Updates are written at all.</param>
    public DueReport(ActiveSession session, long now, bool hasAccounting)
    {
        Session = session;
        Octets = session.Traffic.Octets;
        IsInterim = hasAccounting && session.Traffic.InterimDue <= now;
        IsPointDue = session.Traffic.PointDue <= now;
        IsTurn = IsPointDue && session.Traffic.PointsPassed + 1 >= session.Traffic.PointSpread;
        HasMoved = Octets != (session.Traffic.LastPoint.Input, session.Traffic.LastPoint.Output);
    }

    public ActiveSession Session { get; }

    public (long Input, long Output) Octets { get; }

    /// <summary>Whether an Interim-Update is written.</summary>
    public bool IsInterim { get; }

    /// <summary>Whether a point is due, or would be if the session had not enough of them. Its row is written then, so that whoever sees that alone knows that the session is alive.</summary>
    public bool IsPointDue { get; }

    /// <summary>Whether a point is written: as long as nothing moves, none is.</summary>
    public bool IsPoint => IsTurn && HasMoved;

    private bool IsTurn { get; }

    private bool HasMoved { get; }

    /// <summary>The points to write: after a time without traffic two, so that the plot shows when it began again and no slope from the last one.</summary>
    public IEnumerable<SessionTraffic> Points(DateTimeOffset at)
    {
        var last = Session.Traffic.LastPoint;
        if (last.HasRested)
        {
            yield return Point(at - InterimSchedule.Between(Session.Limits.InterimInterval), last.Input, last.Output);
        }

        yield return Point(at, Octets.Input, Octets.Output);
    }

    /// <summary>It is durable.</summary>
    /// <param name="points">Points that the database has now, if any were written.</param>
    /// <param name="spread">Intervals between two of them.</param>
    /// <param name="time">The clock.</param>
    public void Done(int points, int spread, TimeProvider time)
    {
        var traffic = Session.Traffic;
        if (IsInterim)
        {
            traffic.InterimDue = InterimSchedule.Next(Session.Limits.InterimInterval, time);
        }

        (traffic.Recorded, traffic.RecordedAt) = (Octets, time.GetTimestamp());
        if (!IsPointDue)
        {
            return;
        }

        traffic.PointDue = InterimSchedule.NextPoint(Session.Limits.InterimInterval, time);
        traffic.PointsPassed = IsTurn ? 0 : traffic.PointsPassed + 1;
        if (IsTurn)
        {
            (traffic.Points, traffic.PointSpread) = (points, spread);
            traffic.LastPoint = (Octets.Input, Octets.Output, HasRested: !HasMoved);
        }
    }

    private SessionTraffic Point(DateTimeOffset at, long input, long output) => new() { AcctSessionId = Session.AcctSessionId, At = at, InputOctets = input, OutputOctets = output };
}
