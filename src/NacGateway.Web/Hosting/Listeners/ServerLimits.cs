using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace NacGateway.Web.Hosting.Listeners;

/// <summary>What one client may take of the server. Devices that nobody has signed in reach it, so each limit is set on purpose.</summary>
internal static class ServerLimits
{
    /// <summary>The largest form of the portal is a sign-in; 32 KiB holds it in any encoding. The gate lifts this for what it forwards.</summary>
    public const long RequestBody = 32 * 1024;

    public static void Apply(KestrelServerOptions options, LimitsOptions configured)
    {
        options.AddServerHeader = false;
        options.AllowSynchronousIO = false;
        var limits = options.Limits;

        // Each open connection costs some tens of KiB, so memory stays bounded.
        limits.MaxConcurrentConnections = configured.Connections;
        limits.MaxConcurrentUpgradedConnections = configured.Connections;

        // Headers: a slow sender holds a connection for 10 s at most, an idle one for 75 s (browsers expect more than 60).
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        limits.MaxRequestHeaderCount = 100;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;

        // An absolute-form target is as long as any URL of the open web.
        limits.MaxRequestLineSize = 16 * 1024;
        limits.MaxRequestBodySize = RequestBody;
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

        // HTTP/2 is spoken on the portal's https listener only, where a page is one request.
        limits.Http2.MaxStreamsPerConnection = 32;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }
}
