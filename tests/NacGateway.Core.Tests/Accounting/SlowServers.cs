using System.Net;
using NacGateway.Core.Accounting;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Tests.Accounting;

/// <summary>Servers that are silent to some offers at first and then answer each, but late.</summary>
internal sealed class SlowServers(TimeProvider time, TimeSpan needs, int silences) : IAccountingServers
{
    private int _offers;
    private int _acknowledged;

    public int Acknowledged => Volatile.Read(ref _acknowledged);

    public IReadOnlyList<ServerHealth> Health => [];

    public async Task<Delivery> OfferAsync(string? first, Action<RadiusPacket, IPAddress?> fill, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _offers) <= silences || limit < needs)
        {
            await Task.Delay(limit, time, cancellationToken);
            return new Delivery(false, "it does not answer");
        }

        await Task.Delay(needs, time, cancellationToken);
        Interlocked.Increment(ref _acknowledged);
        return Delivery.Acknowledged;
    }
}
