namespace NacGateway.Web.Hosting.Listeners;

/// <summary>Which of the listeners a connection came in by.</summary>
internal enum ListenerKind
{
    Gate = 0,
    Portal,
    PortalHttps,
    Admin,
}
