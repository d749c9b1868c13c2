using Microsoft.Extensions.Options;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>Asks the server that accepted a session about it again. No other one: State belongs to the server that gave it (RFC 5080 section 2.1.1).</summary>
internal sealed class ReauthorizationExchange(RadiusServers servers, AccessRequestFactory requests, IOptions<RadiusOptions> options)
{
    private readonly TimeSpan _budget = options.Value.LoginBudget;

    public async Task<ExchangeResult> AskAsync(ActiveSession session, ReadOnlyMemory<byte> state, CancellationToken cancellationToken)
    {
        var current = servers.Current;
        return current.Alone(session.ServerName) is { } group
            ? await group.ExchangeAsync(RadiusCode.AccessRequest, Fill, _budget, cancellationToken).ConfigureAwait(false)
            : new ExchangeResult { Status = ExchangeStatus.NoServer };

        void Fill(RadiusPacket request, RadiusServerSettings server) =>
            requests.FillAuthorizeOnly(request, session, state.Span, current.Find(server.Name) ?? throw new InvalidOperationException($"Server {server.Name} is not of this group."));
    }
}
