namespace NacGateway.Core.Insight;

/// <summary>A few seconds of a gateway's life.</summary>
/// <param name="At">Their end, UTC.</param>
/// <param name="Span">How many they were.</param>
/// <param name="Sessions">Sessions open at their end.</param>
/// <param name="Counts">What was done in them.</param>
public sealed record ActivityMoment(DateTimeOffset At, TimeSpan Span, int Sessions, ActivityCounts Counts)
{
    /// <summary>Octets from clients in a second.</summary>
    public double InputRate => PerSecond(Counts.InputOctets);

    /// <summary>Octets to clients in a second.</summary>
    public double OutputRate => PerSecond(Counts.OutputOctets);

    /// <summary>Requests in a second that the gate answered itself.</summary>
    public double InterceptRate => PerSecond(Counts.Intercepted);

    private double PerSecond(long count) => Span > TimeSpan.Zero ? count / Span.TotalSeconds : 0;
}
