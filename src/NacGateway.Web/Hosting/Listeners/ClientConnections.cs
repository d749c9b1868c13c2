using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using NacGateway.Core.Sessions;

namespace NacGateway.Web.Hosting.Listeners;

/// <summary>Counts the open connections of each client address on one listener, and closes those beyond its share. Safe for concurrent use.</summary>
internal sealed class ClientConnections(int share, Func<IPAddress, bool> isExempt)
{
    private readonly ConcurrentDictionary<ClientKey, int> _open = new();

    public async Task ServeAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(connection);
        if ((connection.RemoteEndPoint as IPEndPoint)?.Address is not { } address || isExempt(address))
        {
            await next(connection);
            return;
        }

        var client = ClientKey.From(address);
        try
        {
            if (_open.AddOrUpdate(client, 1, static (_, count) => count + 1) > share)
            {
                connection.Abort(new ConnectionAbortedException("The client has as many connections as one client may have (Limits:ConnectionsPerClient)."));
                return;
            }

            await next(connection);
        }
        finally
        {
            // The entry goes with the last connection, so that the table is as large as the clients of now.
            var left = _open.AddOrUpdate(client, 0, static (_, count) => count - 1);
            if (left == 0)
            {
                _open.TryRemove(KeyValuePair.Create(client, 0));
            }
        }
    }
}
