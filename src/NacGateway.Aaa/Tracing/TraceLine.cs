namespace NacGateway.Aaa.Tracing;

/// <summary>One line of a trace, as it is read.</summary>
internal sealed record TraceLine
{
    public int Trace { get; init; }

    public string? Port { get; init; }

    public long N { get; init; }

    public string? In { get; init; }

    public string? Out { get; init; }

    public string? Refused { get; init; }

    public long DelayMs { get; init; }

    public bool OtherPort { get; init; }

    public bool AfterNext { get; init; }

    public bool Cut { get; init; }

    public double? CrashSeconds { get; init; }
}
