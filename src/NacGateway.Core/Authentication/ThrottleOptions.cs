namespace NacGateway.Core.Authentication;

/// <summary>How many failed sign-ins are borne before a user or a client has to wait.</summary>
public sealed class ThrottleOptions
{
    /// <summary>Section in the configuration.</summary>
    public const string Section = "Throttle";

    /// <summary>Failed tries of one user within <see cref="Window"/>, 1 to 1000. Default 5.</summary>
    public int UserFailures { get; set; } = 5;

    /// <summary>Failed tries from one client address within <see cref="Window"/>, 1 to 10000. Default 20: a household may share one address.</summary>
    public int ClientFailures { get; set; } = 20;

    /// <summary>Time over which failures are counted, 1 second to 1 day. Default 10 minutes.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long one has to wait after too many, 1 second to 1 day. Default 5 minutes: long against guessing, short against locking others out.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMinutes(5);
}
