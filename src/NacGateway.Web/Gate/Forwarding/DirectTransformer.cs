using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Forwarder;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>What goes to the Internet: the request as it came, without hop-by-hop fields and without a word about the LAN behind the gate.</summary>
internal sealed class DirectTransformer(Destination destination) : HttpTransformer
{
    /// <summary>A proxy names itself (RFC 9110 section 7.6.3), by a pseudonym that says nothing of the network.</summary>
    public const string Via = "1.1 nacgateway";

    private static readonly string[] Withheld =
    [
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Forwarded-Port", "X-Forwarded-Server", "X-Forwarded",
        "X-Real-IP", "X-Client-IP", "Client-IP", "True-Client-IP", "X-Cluster-Client-IP", "X-Original-URL", "X-Rewrite-URL",
        "Proxy-Authorization", "Proxy-Connection",
    ];

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        foreach (var name in Withheld)
        {
            proxyRequest.Headers.Remove(name);
        }

        // The target goes on octet for octet: a path made canonical is another path to some servers.
        proxyRequest.RequestUri = new Uri(destination.Prefix + destination.Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        proxyRequest.Headers.Host = destination.Authority;
        proxyRequest.Headers.TryAddWithoutValidation("Via", Via);
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var copiesBody = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        HopByHop.Remove(httpContext.Response.Headers, proxyResponse);
        PacedContent.Apply(httpContext, proxyResponse);
        return copiesBody;
    }

    /// <summary>True when the request has been through this gate already.</summary>
    public static bool HasPassed(HttpRequest request)
    {
        foreach (var value in (StringValues)request.Headers.Via)
        {
            if (value is not null && value.Contains(Via, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
