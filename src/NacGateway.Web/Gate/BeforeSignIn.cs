using System.Net;
using NacGateway.Web.Gate.Forwarding;
using NacGateway.Web.Gate.Interception;

namespace NacGateway.Web.Gate;

/// <summary>What a client without a session gets: the walled garden, or the answer that it must sign in. Allocates nothing for the latter.</summary>
internal sealed class BeforeSignIn(GardenBook gardens, NameClaims claims, CaptiveAnswer captive, GateForwarder forwarder)
{
    /// <param name="context">The request.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="original">Where an intercepted connection was going; null for a client that connected to the gate itself.</param>
    public Task AnswerAsync(HttpContext context, IPAddress client, OriginalDestination? original)
    {
        var garden = gardens.Current;
        if (garden.IsEmpty)
        {
            return captive.WriteAsync(context, client);
        }

        if (original is not null)
        {
            return AnswerInterceptedAsync(context, client, original, garden);
        }

        return garden.Contains(Destination.HostOf(context.Request)) ? forwarder.ForwardToGardenAsync(context) : captive.WriteAsync(context, client);
    }

    private Task AnswerInterceptedAsync(HttpContext context, IPAddress client, OriginalDestination original, WalledGarden garden)
    {
        if (HttpMethods.IsConnect(context.Request.Method))
        {
            return captive.WriteAsync(context, client);
        }

        // The address alone decides where the request goes. Of the Host field only a name is asked about: an address in it leads nowhere.
        if (garden.Contains(original.EndPoint.Address))
        {
            return forwarder.ForwardToGardenAsync(context);
        }

        var host = Destination.HostOf(context.Request);
        return garden.ContainsName(host) ? AnswerNamedAsync(context, client, original, host.ToString()) : captive.WriteAsync(context, client);
    }

    private async Task AnswerNamedAsync(HttpContext context, IPAddress client, OriginalDestination original, string host)
    {
        await (await claims.HoldsAsync(host, original.EndPoint.Address, context.RequestAborted) ? forwarder.ForwardToGardenAsync(context) : captive.WriteAsync(context, client));
    }
}
