namespace NacGateway.Web.Desk.Radius;

/// <summary>For what a server is asked; each port is a server of its own (RFC 5997 section 4.3).</summary>
public enum ServerRole
{
    /// <summary>Sign-ins.</summary>
    Authentication = 0,

    /// <summary>Accounting.</summary>
    Accounting,
}
