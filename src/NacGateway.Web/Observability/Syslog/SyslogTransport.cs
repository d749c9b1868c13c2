namespace NacGateway.Web.Observability.Syslog;

/// <summary>How messages go to the syslog server.</summary>
internal enum SyslogTransport
{
    /// <summary>A datagram each (RFC 5426), by convention to port 514. What is lost on the way is lost.</summary>
    Udp = 0,

    /// <summary>One connection, each message behind its length (RFC 6587 section 3.4.1).</summary>
    Tcp,

    /// <summary>As Tcp, inside TLS (RFC 5425), by convention to port 6514.</summary>
    Tls,
}
