namespace NacGateway.Core.Sessions;

/// <summary>Limits that this gateway sets itself; of a server's value and ours the shorter wins.</summary>
public sealed class SessionOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Sessions";

    /// <summary>Devices that one user may have online at once, at all gateways on the same database together; 0 (default) is no limit.</summary>
    public int MaxPerUser { get; set; }

    /// <summary>Longest time without traffic; default 30 minutes, 0 for no limit of ours (RFC 2865 section 5.28).</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Longest life of a session; default 12 hours, 0 for no limit of ours (RFC 2865 section 5.27).</summary>
    public TimeSpan SessionTimeout { get; set; } = TimeSpan.FromHours(12);

    /// <summary>What becomes of open sessions over a restart; default <see cref="RestartMode.Keep"/>.</summary>
    public RestartMode OverRestart { get; set; }

    /// <summary>
    /// Time between Interim-Updates; default 10 minutes (RFC 2869 section 5.16 advises against less), 0 for none where the server asks
    /// for none. A longer one of the server wins, a shorter one does not (RFC 2869 section 2.1).
    /// </summary>
    public TimeSpan InterimInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long a session is kept after its end, with its history, its plot and the deliveries of its accounting, 1 day to 10 years; 0 for
    /// ever. Default 180 days: who had an address on a day of the last half year can be said, and what is older need not be answered for.
    /// </summary>
    public TimeSpan KeptFor { get; set; } = TimeSpan.FromDays(180);

    /// <summary>One to change, where this one is in force.</summary>
    internal SessionOptions Copy() => (SessionOptions)MemberwiseClone();
}
