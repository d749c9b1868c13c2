using NacGateway.Core.Sessions;
using NacGateway.Web.Gate.Forwarding;
using NacGateway.Web.Gate.Interception;

namespace NacGateway.Web.Gate;

/// <summary>
/// What every request to the gate meets first: one look at the session table, then the answer of the gateway or the way on.
/// The look is per request, so 511 ends and returns with the session even on a connection that stays open.
/// </summary>
internal sealed class GateEndpoint(SessionTable sessions, ClientAddress clients, PortalLink portal, NameClaims claims, BeforeSignIn stranger, GateForwarder forwarder)
{
    /// <summary>Answers one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var original = context.Features.Get<OriginalDestination>();
        if (!portal.IsAskedFor(context.Request) || portal.Pipeline is not { } pipeline)
        {
            return PassAsync(context, original);
        }

        // A client that uses the gate as its proxy asks it for the portal, too. On an intercepted connection the name is a claim.
        return original is null || claims.IsOwn(original) ? pipeline(context) : ServeClaimedAsync(context, original, pipeline);
    }

    private Task PassAsync(HttpContext context, OriginalDestination? original)
    {
        var client = clients.Find(context);
        return sessions.TryGet(client, out var session) ? forwarder.ForwardAsync(context, client, session) : stranger.AnswerAsync(context, client, original);
    }

    private async Task ServeClaimedAsync(HttpContext context, OriginalDestination original, RequestDelegate pipeline)
    {
        await (await claims.HoldsAsync(portal.Url!.IdnHost, original.EndPoint.Address, context.RequestAborted) ? pipeline(context) : PassAsync(context, original));
    }
}
