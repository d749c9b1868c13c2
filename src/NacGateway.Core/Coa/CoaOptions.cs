namespace NacGateway.Core.Coa;

/// <summary>Who may change and end sessions by RADIUS (RFC 5176), and how it is kept from being played again.</summary>
public sealed class CoaOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Coa";

    /// <summary>ADDRESS:PORT of the UDP listener. Default [::]:3799 (RFC 5176 section 2.1); port 0 takes a free one. It opens only where there are <see cref="Clients"/>.</summary>
    public string Listen { get; set; } = "[::]:3799";

    /// <summary>From whom requests are taken; from everybody else they are dropped in silence. Default: nobody.</summary>
    public IList<CoaClientOptions> Clients { get; } = [];

    /// <summary>
    /// How far an Event-Timestamp may be from this clock, and how long answers are kept for the same request, counted from an Event-Timestamp
    /// that is ahead: 10 seconds to 1 hour. Default 5 minutes (RFC 5176 section 6.3).
    /// </summary>
    public TimeSpan TimestampWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether a request without Event-Timestamp is dropped. Default false: many clients send none. Without it, a recorded request may be
    /// played again once <see cref="TimestampWindow"/> is over (RFC 5176 section 6.3).
    /// </summary>
    public bool RequireEventTimestamp { get; set; }

    /// <summary>Requests a second from one client, 1 to 10,000, as many as of two seconds at once; what is beyond is dropped, and sent again by the client. Default 100.</summary>
    public int RequestsPerSecond { get; set; } = 100;
}
