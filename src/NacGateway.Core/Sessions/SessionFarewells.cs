using System.Collections.Concurrent;
using System.Net;

namespace NacGateway.Core.Sessions;

/// <summary>
/// What somebody whose session was ended by a server is told when he comes back to the sign-in page (RFC 5176 section 3.6 note 2). Kept
/// for some minutes and for so many devices; in memory only, for it is a courtesy. Safe for concurrent use.
/// </summary>
public sealed class SessionFarewells(TimeProvider time)
{
    private const int Most = 4096;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<ClientKey, (string Message, long At)> _messages = new();

    /// <summary>The message for a device; null when there is none. Untrusted text, a line each.</summary>
    public string? Find(IPAddress client) =>
        _messages.TryGetValue(ClientKey.From(client), out var kept) && time.GetElapsedTime(kept.At) < s_lifetime ? kept.Message : null;

    internal void Say(IPAddress client, string message)
    {
        if (_messages.Count >= Most)
        {
            foreach (var old in _messages.Where(kept => time.GetElapsedTime(kept.Value.At) >= s_lifetime))
            {
                _messages.TryRemove(old);
            }
        }

        if (_messages.Count < Most)
        {
            _messages[ClientKey.From(client)] = (message, time.GetTimestamp());
        }
    }

    internal void Forget(ClientKey client) => _messages.TryRemove(client, out _);
}
