using System.Net;

namespace NacGateway.Web.Desk;

/// <summary>
/// Tells who sits at the machine itself. What a proxy on it hands on comes from the same address, but from anybody; proxies say so in a
/// header, and whoever adds one himself loses only what a local visitor has.
/// </summary>
internal static class LocalVisitor
{
    private static readonly string[] s_marks = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP"];

    public static bool Is(HttpContext context) =>
        IPAddress.IsLoopback(context.Connection.RemoteIpAddress ?? IPAddress.None) && !s_marks.Any(context.Request.Headers.ContainsKey);
}
