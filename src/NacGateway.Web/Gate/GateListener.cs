using Microsoft.AspNetCore.Server.Kestrel.Core;
using NacGateway.Web.Gate.Forwarding;
using NacGateway.Web.Gate.Interception;

namespace NacGateway.Web.Gate;

/// <summary>What Kestrel must know about the gate's listener; the one place for the program and the tests.</summary>
internal static class GateListener
{
    /// <summary>Settings that Kestrel only has for the whole server.</summary>
    public static void Configure(KestrelServerOptions server)
    {
        // RFC 9112 section 3.2.2: a proxy ignores Host in favour of an absolute-form target. Without this Kestrel answers 400.
        server.AllowHostHeaderOverride = true;
        server.AddServerHeader = false;

        // RFC 9110 section 5.5: octets beyond ASCII are opaque to whoever passes a field on. See HeaderOctets.
        server.RequestHeaderEncodingSelector = HeaderOctets.Encoding;
        server.ResponseHeaderEncodingSelector = HeaderOctets.Encoding;
    }

    /// <summary>HTTP/1 only: an intercepted plain-text client never asks for more, and HTTP/2 would only open its floods.</summary>
    public static void Configure(ListenOptions listener)
    {
        listener.Protocols = HttpProtocols.Http1;

        // Services are there once the listener is built, not while it is described.
        listener.Use(next => listener.ApplicationServices.GetRequiredService<StopGrace>().Serve(next));
        listener.Use(next => listener.ApplicationServices.GetRequiredService<InterceptedConnections>().Serve(next));
        listener.Use(HalfClose.Serve);
        listener.Use(ConnectHost.Serve);
    }
}
