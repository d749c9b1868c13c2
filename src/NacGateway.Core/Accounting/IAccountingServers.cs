using System.Net;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Accounting;

/// <summary>The servers that take records. They are known where users are authenticated, above this folder.</summary>
internal interface IAccountingServers
{
    /// <summary>How each does at its port for accounting, now.</summary>
    IReadOnlyList<ServerHealth> Health { get; }

    /// <summary>Offers one record to the servers until one acknowledges it or the time is over. Expected failures are no exceptions.</summary>
    /// <param name="first">Name of the server that is asked before the others while it answers; null for none.</param>
    /// <param name="fill">Writes the record for a server; gets our address towards it, null when there is none that may be sent.</param>
    /// <param name="limit">Time for all servers together.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Delivery> OfferAsync(string? first, Action<RadiusPacket, IPAddress?> fill, TimeSpan limit, CancellationToken cancellationToken);
}
