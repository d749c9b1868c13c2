using NacGateway.Web.Hosting.Listeners;

namespace NacGateway.Web.Hosting.Demo;

/// <summary>What the demo prints: what to do, in order.</summary>
internal static class DemoGuide
{
    public static string Text(GatewayListeners listeners, Uri origin, DemoAaa aaa, DirectoryInfo folder, string adminPassword)
    {
        ArgumentNullException.ThrowIfNull(listeners);
        ArgumentNullException.ThrowIfNull(aaa);
        ArgumentNullException.ThrowIfNull(folder);
        var gate = Url(listeners, ListenerKind.Gate);
        var portal = Url(listeners, ListenerKind.Portal);
        var admin = Url(listeners, ListenerKind.Admin);
        return $"""

            NacGateway demo. Everything runs on this machine; Ctrl+C ends it.

              1  Without a session the gate answers 511:
                   curl -i {gate}
                   or open {gate} in a browser
              2  Sign in at {portal}portal
                   alice / wonderland   is accepted
                   bob   / builder      is then asked for the code 123456
                   eve   / anything     is rejected, and is told why
              3  Open {gate} again: now it is the site behind the gate
                   (that site itself, for comparison: {origin})
              4  Time left, and log off: {portal}portal/status
                   after that the gate answers 511 again
              5  The administrator's desk: {admin}
                   {DemoAdmin.Name} / {adminPassword}   may do everything; the password is new at each start
                   hana  / helpful      is help desk, because the RADIUS server says so

              gate     {gate}   as a proxy: curl -x {gate} http://example.org/
              portal   {portal}   captive portal API (RFC 8908): {portal}captive-api
                       (over http in the demo only; devices ask for it over https)
              desk     {admin}   health: {admin}healthz/ready
              RADIUS   {aaa.EndPoint}/udp, accounting {aaa.AccountingEndPoint}/udp
              data     {folder.FullName}   (--fresh starts anew)

            """;
    }

    private static Uri Url(GatewayListeners listeners, ListenerKind kind) => listeners.Find(kind)!.LocalUrl;
}
