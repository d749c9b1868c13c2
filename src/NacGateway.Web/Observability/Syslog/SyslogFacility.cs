namespace NacGateway.Web.Observability.Syslog;

/// <summary>Facilities of RFC 5424 section 6.2.1 that a gateway may speak as; the numbers are those of the protocol.</summary>
internal enum SyslogFacility
{
    User = 1,
    Daemon = 3,
    Auth = 4,
    AuthPriv = 10,
    Audit = 13,
    Local0 = 16,
    Local1 = 17,
    Local2 = 18,
    Local3 = 19,
    Local4 = 20,
    Local5 = 21,
    Local6 = 22,
    Local7 = 23,
}
