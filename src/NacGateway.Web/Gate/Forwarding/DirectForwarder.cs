using System.Net;
using Microsoft.Extensions.Options;
using NacGateway.Core.Sessions;
using Yarp.ReverseProxy.Forwarder;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>Forwards a request to the host that it names itself, behind the guard.</summary>
internal sealed class DirectForwarder : IDisposable
{
    private readonly IHttpForwarder _forwarder;
    private readonly Refusals _refusals;
    private readonly DirectClients _clients;
    private readonly ForwarderRequestConfig _config;

    public DirectForwarder(IHttpForwarder forwarder, DestinationDialer dialer, RoleReach reach, Refusals refusals, IOptions<GateOptions> options)
    {
        _forwarder = forwarder;
        _refusals = refusals;
        _config = new ForwarderRequestConfig { ActivityTimeout = options.Value.ActivityTimeout, Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        _clients = new DirectClients(dialer, reach, options.Value.ConnectTimeout);
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

        // Roles have judged the address of an intercepted connection, and its name for this request: the pool of an address is everybody's.
        var client = destination.Original is not null ? _clients.Of(role: null) : _clients.Of(context.Features.Get<ActiveSession>()?.Limits.Role);
        await _forwarder.SendAsync(context, destination.Prefix, client, _config, new DirectTransformer(destination));
    }

    public void Dispose() => _clients.Dispose();
}
