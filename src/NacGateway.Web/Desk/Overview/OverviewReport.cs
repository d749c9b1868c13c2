namespace NacGateway.Web.Desk.Overview;

/// <summary>How the gateway stands, and what it did in a range.</summary>
public sealed record OverviewReport
{
    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Begin of the range.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End of the range.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>What needs a person, the worst first; empty when nothing does.</summary>
    public required IReadOnlyList<AttentionReport> Attention { get; init; }

    /// <summary>Sessions open now at this gateway.</summary>
    public required int Sessions { get; init; }

    /// <summary>Sign-ins of the range.</summary>
    public required SignInCounts SignIns { get; init; }

    /// <summary>Bits a second to clients now; null while that is not measured.</summary>
    public double? DownRate { get; init; }

    /// <summary>Bits a second from clients now; null while that is not measured.</summary>
    public double? UpRate { get; init; }

    /// <summary>Records of accounting that wait to be acknowledged.</summary>
    public required int OutboxWaiting { get; init; }

    /// <summary>When the first of them happened; null when none waits.</summary>
    public DateTimeOffset? OutboxOldestAt { get; init; }

    /// <summary>Why sign-ins of the range failed, the most frequent first.</summary>
    public required IReadOnlyList<ReasonCount> Reasons { get; init; }
}
