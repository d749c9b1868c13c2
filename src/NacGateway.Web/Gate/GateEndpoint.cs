using NacGateway.Core.Sessions;
using NacGateway.Web.Gate.Forwarding;

namespace NacGateway.Web.Gate;

/// <summary>
/// What every request to the gate meets first: one look at the session table, then the answer of the gateway or the way on.
/// The look is per request, so 511 ends and returns with the session even on a connection that stays open.
/// </summary>
internal sealed class GateEndpoint(SessionTable sessions, ClientAddress clients, PortalLink portal, GardenBook gardens, CaptiveAnswer captive, GateForwarder forwarder)
{
    /// <summary>Answers one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        // A client that uses the gate as its proxy asks it for the portal, too.
        if (portal.IsAskedFor(context.Request) && portal.Pipeline is { } pipeline)
        {
            return pipeline(context);
        }

        var client = clients.Find(context);
        if (sessions.TryGet(client, out var session))
        {
            return forwarder.ForwardAsync(context, client, session);
        }

        var garden = gardens.Current;
        if (!garden.IsEmpty && garden.Contains(Destination.HostOf(context.Request)))
        {
            return forwarder.ForwardToGardenAsync(context);
        }

        return captive.WriteAsync(context, client);
    }
}
