using System.Net;
using System.Net.Sockets;
using NacGateway.Core.Sessions;
using Yarp.ReverseProxy.Model;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>
/// Holds configured routes to the roles of a session: of a cluster's destinations only those are left whose addresses the role opens.
/// The addresses are the operator's, so they are looked up here and not where YARP dials: nobody else can make them answer otherwise.
/// </summary>
internal sealed class RouteReach(RoleReach reach, INameResolver names, Refusals refusals)
{
    /// <summary>A step of YARP's pipeline.</summary>
    public async Task InvokeAsync(HttpContext context, Func<Task> next)
    {
        if (context.Features.Get<ActiveSession>()?.Limits.Role is { } role && reach.Bounds(role))
        {
            if (!Destination.TryRead(context, out var asked))
            {
                await refusals.AnswerAsync(context, RefusalReason.Target, destination: null);
                return;
            }

            var proxied = context.GetReverseProxyFeature();
            List<DestinationState> open = [];
            foreach (var destination in proxied.AvailableDestinations)
            {
                if (await IsOpenAsync(role, asked, destination.Model.Config.Address, context.RequestAborted))
                {
                    open.Add(destination);
                }
            }

            if (open.Count < proxied.AvailableDestinations.Count)
            {
                if (open.Count == 0)
                {
                    await refusals.AnswerAsync(context, RefusalReason.Role, asked);
                    return;
                }

                proxied.AvailableDestinations = open;
            }
        }

        await next();
    }

    /// <summary>Rules speak of what is asked for, so its port counts and not the one that the cluster happens to have.</summary>
    private async Task<bool> IsOpenAsync(string role, Destination asked, string url, CancellationToken cancellationToken)
    {
        var host = new Uri(url).IdnHost;
        try
        {
            IPAddress[] addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await names.ResolveAsync(host, cancellationToken);
            return addresses.All(address => reach.Allows(role, asked.Host.Trim('[', ']'), address, asked.Port));
        }
        catch (SocketException)
        {
            // Nothing can be reached there; YARP says so with the page for that.
            return true;
        }
    }
}
