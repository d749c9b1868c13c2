namespace NacGateway.Core.Sessions;

/// <summary>
/// Clients whose sessions are being opened. What one of them has in the transaction at hand is not in the table yet, so only of a
/// client that is here once is the table the whole truth. Safe for concurrent use.
/// </summary>
internal sealed class OpeningClients
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ClientKey, int> _counts = [];

    public void Enter(ClientKey client)
    {
        lock (_lock)
        {
            _counts[client] = _counts.GetValueOrDefault(client) + 1;
        }
    }

    public void Leave(ClientKey client)
    {
        lock (_lock)
        {
            if (--_counts[client] == 0)
            {
                _counts.Remove(client);
            }
        }
    }

    /// <summary>Whether nobody else opens a session for this client.</summary>
    public bool IsAlone(ClientKey client)
    {
        lock (_lock)
        {
            return _counts.GetValueOrDefault(client) <= 1;
        }
    }
}
