using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>Forwards a request to the host that it names itself, behind the guard.</summary>
internal sealed class DirectForwarder : IDisposable
{
    private readonly IHttpForwarder _forwarder;
    private readonly Refusals _refusals;
    private readonly HttpMessageInvoker _client;
    private readonly ForwarderRequestConfig _config;

    public DirectForwarder(IHttpForwarder forwarder, DestinationDialer dialer, Refusals refusals, IOptions<GateOptions> options)
    {
        _forwarder = forwarder;
        _refusals = refusals;
        _config = new ForwarderRequestConfig { ActivityTimeout = options.Value.ActivityTimeout, Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            // The system's proxy setting, cookies and trace ids are the gateway's own and none of the client's business.
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            ConnectTimeout = options.Value.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ConnectCallback = async (context, cancellationToken) => await dialer.DialAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken),
        });
    }

    public async Task ForwardAsync(HttpContext context)
    {
        if (!Destination.TryRead(context, out var destination))
        {
            await _refusals.AnswerAsync(context, RefusalReason.Target, destination: null);
            return;
        }

        if (DirectTransformer.HasPassed(context.Request))
        {
            await _refusals.AnswerAsync(context, RefusalReason.Loop, destination);
            return;
        }

        await _forwarder.SendAsync(context, destination.Prefix, _client, _config, new DirectTransformer(destination));
    }

    public void Dispose() => _client.Dispose();
}
