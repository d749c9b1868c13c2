using NacGateway.Core.Authentication;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight;

/// <summary>Reads the counters of those who do the work. They only grow while the gateway runs. Safe for concurrent use.</summary>
public sealed class ActivityCounters(LoginMetrics logins, GateActivity gate, SessionTable sessions)
{
    /// <summary>Sessions open now.</summary>
    public int Sessions => sessions.Count;

    /// <summary>All counts since the gateway was started.</summary>
    public ActivityCounts Read() => new()
    {
        Accepted = logins.Tally[LoginClass.Accepted],
        Challenged = logins.Tally[LoginClass.Challenged],
        Refused = logins.Tally[LoginClass.Refused],
        Unanswered = logins.Tally[LoginClass.Unanswered],
        NotTried = logins.Tally[LoginClass.NotTried],
        Intercepted = gate.Intercepted,
        Forwarded = gate.Forwarded,
        InputOctets = sessions.Totals.InputOctets,
        OutputOctets = sessions.Totals.OutputOctets,
    };
}
