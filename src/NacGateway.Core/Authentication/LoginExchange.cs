using Microsoft.Extensions.Options;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>Sends one step of a sign-in to the servers: the first to whichever answers, a later one to the server that challenged.</summary>
internal sealed class LoginExchange(RadiusServers servers, AccessRequestFactory requests, IOptions<RadiusOptions> options)
{
    private readonly TimeSpan _budget = options.Value.LoginBudget;

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
