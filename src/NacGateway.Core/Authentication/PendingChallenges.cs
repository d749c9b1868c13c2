using System.Buffers.Text;
using System.Security.Cryptography;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Authentication;

/// <summary>
/// The challenges that wait for an answer: in memory only, for a State does not outlive the gateway's conversation with the server.
/// Bounded; when full, the oldest gives way, one client's own before others'. Safe for concurrent use.
/// </summary>
internal sealed class PendingChallenges(TimeProvider timeProvider)
{
    /// <summary>Enough for a lecture hall that signs in at once, small enough not to matter.</summary>
    public const int Capacity = 4096;

    /// <summary>Browser tabs that one client may have in this state.</summary>
    public const int CapacityPerClient = 8;

    /// <summary>How long an answer is awaited.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int IdLength = 16;

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, PendingChallenge> _pending = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _pending.Count;
            }
        }
    }

    /// <summary>An identifier that cannot be guessed.</summary>
    public static string NextId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdLength));

    public void Add(PendingChallenge challenge)
    {
        lock (_lock)
        {
            RemoveExpired();
            var ofClient = _pending.Values.Where(other => other.Client == challenge.Client).Select(other => other.Id).ToList();
            if (ofClient.Count >= CapacityPerClient)
            {
                _pending.Remove(ofClient[0]);
            }
            else if (_pending.Count >= Capacity)
            {
                _pending.RemoveAt(0);
            }

            _pending.Add(challenge.Id, challenge);
        }
    }

    /// <summary>Looks at a challenge and leaves it where it is; null for none of this client's.</summary>
    public PendingChallenge? Find(string id, ClientKey client)
    {
        lock (_lock)
        {
            RemoveExpired();
            return _pending.TryGetValue(id, out var challenge) && challenge.Client == client ? challenge : null;
        }
    }

    /// <summary>Takes a challenge out, so that no second answer finds it. Another client's guess leaves it where it is.</summary>
    public PendingChallenge? Take(string id, ClientKey client)
    {
        lock (_lock)
        {
            RemoveExpired();
            if (!_pending.TryGetValue(id, out var challenge) || challenge.Client != client)
            {
                return null;
            }

            _pending.Remove(id);
            return challenge;
        }
    }

    /// <summary>They are in order of age, so the expired ones are in front.</summary>
    private void RemoveExpired()
    {
        int expired = 0;
        while (expired < _pending.Count && timeProvider.GetElapsedTime(_pending.GetAt(expired).Value.IssuedAt) >= Lifetime)
        {
            expired++;
        }

        for (; expired > 0; expired--)
        {
            _pending.RemoveAt(0);
        }
    }
}
