using Microsoft.Extensions.Options;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>Sends one step of a sign-in to the servers: the first to whichever answers, a later one to the server that challenged.</summary>
internal sealed class LoginExchange(RadiusServers servers, AccessRequestFactory requests, IOptions<RadiusOptions> options)
{
    private readonly TimeSpan _budget = options.Value.LoginBudget;

    /// <summary>
    /// When the last of all servers died; null while one of them is not taken for dead. The same before and after a step means that
    /// none gave any authentic answer meanwhile, late or to others: a server that answers again leaves that state, and dies anew.
    /// </summary>
    public DateTimeOffset? DeadSince
    {
        get
        {
            DateTimeOffset? since = null;
            foreach (var server in servers.Current.All?.Clients.Select(client => client.Health) ?? [])
            {
                if (server.State != ServerState.Dead)
                {
                    return null;
                }

                since = since > server.Since ? since : server.Since;
            }

            return since;
        }
    }

    /// <summary>Whether no name of a server could be resolved yet, so that there is nobody to ask.</summary>
    public bool HasNoServer => servers.Current.All is null;

    public async Task<ExchangeResult> AskAsync(LoginStep step, CancellationToken cancellationToken)
    {
        var current = servers.Current;
        var group = step.Answered is { } challenge ? current.Alone(challenge.ServerName) : current.All;
        return group is null
            ? new ExchangeResult { Status = ExchangeStatus.NoServer }
            : await group.ExchangeAsync(RadiusCode.AccessRequest, Fill, _budget, cancellationToken).ConfigureAwait(false);

        void Fill(RadiusPacket request, RadiusServerSettings server) =>
            requests.Fill(request, step, current.Find(server.Name) ?? throw new InvalidOperationException($"Server {server.Name} is not of this group."));
    }
}
