using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Client;

/// <summary>How one server is asked: datagrams or a connection. Retransmission, matching of replies and what makes one believable are its own. Safe for concurrent use.</summary>
internal interface IExchanger : IAsyncDisposable
{
    /// <summary>As <see cref="RadiusClient.ExchangeAsync"/>.</summary>
    Task<ExchangeResult> ExchangeAsync(RadiusCode code, RadiusRequestTemplate template, TimeSpan limit, CancellationToken cancellationToken);
}
