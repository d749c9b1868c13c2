using System.ComponentModel.DataAnnotations;

namespace NacGateway.Web.Gate;

/// <summary>Settings of the gate, the intercepting proxy.</summary>
internal sealed class GateOptions
{
    public const string Section = "Gate";

    /// <summary>Address and port of the listener, <c>ADDRESS:PORT</c>; port 0 takes a free one. Default <c>[::]:8080</c>, both IPv4 and IPv6.</summary>
    [Required]
    public string Listen { get; set; } = "[::]:8080";

    /// <summary>What known connectivity probes get before sign-in. Default <c>Table</c>: 302 where the client overlooks 511.</summary>
    public ProbeMode ProbeMode { get; set; } = ProbeMode.Table;

    /// <summary>
    /// Where a redirected probe is led while the portal is https. Default <c>Page</c>: a page over plain http that leads on, because
    /// Chromium sees no portal behind a certificate that it does not believe; <c>Portal</c> leads there straight.
    /// </summary>
    public ProbeLanding ProbeLanding { get; set; } = ProbeLanding.Page;

    /// <summary>
    /// Whether a signed-in client's connectivity probe that cannot reach its host is answered here as that host would. Default false:
    /// it tells devices of an Internet that is not there, and is for networks that lead nowhere on purpose.
    /// </summary>
    public bool IsolatedLan { get; set; }

    /// <summary>File with the probe table. Default: <c>seeds/probes.json</c> beside the program.</summary>
    public string? ProbeTable { get; set; }

    /// <summary>Addresses or prefixes of proxies whose X-Forwarded-For is believed. Default: none, a client is the address of its connection.</summary>
    public IList<string> TrustedProxies { get; init; } = [];

    /// <summary>
    /// Addresses or prefixes of proxies whose connections to the gate begin with a PROXY protocol header (version 1 or 2), which names the
    /// client. From these the header is required, from all others it is never read. Default: none.
    /// </summary>
    public IList<string> ProxyProtocolFrom { get; init; } = [];

    /// <summary>
    /// Whether the listener takes connections to addresses that are not this machine's (IP_TRANSPARENT), which TPROXY hands over; needs
    /// CAP_NET_ADMIN. Default false: connections that a rule redirects need nothing.
    /// </summary>
    public bool Transparent { get; set; }

    /// <summary>
    /// Private, loopback or link-local addresses or prefixes that signed-in clients may reach through the gate. Default: none.
    /// The gateway's own listeners and cloud metadata addresses stay closed whatever stands here.
    /// </summary>
    public IList<string> AllowedPrivateDestinations { get; init; } = [];

    /// <summary>Further addresses or prefixes that nobody may reach through the gate, such as a management network. Default: none.</summary>
    public IList<string> RefusedDestinations { get; init; } = [];

    /// <summary>Ports that CONNECT may open. Default: 443 and 8443; more makes the gate a relay for mail and shells.</summary>
    public IList<int> TunnelPorts { get; init; } = [];

    /// <summary>Time for name resolution and TCP connect to a destination. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest silence of a destination within a forwarded request. Default 100 s, as YARP's.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ActivityTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// Longest silence in both directions of a CONNECT tunnel. Default 1 h: shorter would cut chats and shells that only wait. After the
    /// client has ended its direction it is two minutes at most. The session's own idle time-out may end it earlier.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan TunnelIdleTimeout { get; set; } = TimeSpan.FromHours(1);
}
