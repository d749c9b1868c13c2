using System.Net;
using System.Security.Cryptography;

namespace NacGateway.Aaa;

/// <summary>
/// Challenges that wait for their answer, by State: each good once, for one user at one NAS, and not for long. Bounded: somebody who
/// asks again and again displaces his own, and only when everybody together has too many does the oldest of all go. Safe for concurrent use.
/// </summary>
internal sealed class OpenChallenges(TimeProvider time)
{
    /// <summary>Challenges open at a time.</summary>
    public const int Capacity = 10_000;

    /// <summary>Challenges open at a time for one name at one NAS: several windows of one person, not a flood.</summary>
    public const int CapacityOfOne = 8;

    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int StateLength = 16;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Challenge>> _byState = new(StringComparer.Ordinal);
    private readonly Dictionary<Asker, Queue<LinkedListNode<Challenge>>> _byAsker = [];
    private readonly LinkedList<Challenge> _byAge = new();

    private readonly record struct Asker(IPAddress Nas, string UserName);

    private sealed record Challenge(string State, Asker Asker, AaaUser User, long Since);

    /// <summary>How many wait, those that nobody has found too old yet included.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _byState.Count;
            }
        }
    }

    /// <summary>Opens one and returns its State.</summary>
    public byte[] Open(IPAddress nas, string userName, AaaUser user)
    {
        var state = RandomNumberGenerator.GetBytes(StateLength);
        var asker = new Asker(nas, userName);
        lock (_lock)
        {
            while (_byAge.First is { } oldest && (_byState.Count >= Capacity || IsOld(oldest.Value)))
            {
                Remove(oldest);
            }

            if (_byAsker.TryGetValue(asker, out var own) && own.Count >= CapacityOfOne)
            {
                Remove(own.Peek());
            }

            var challenge = new Challenge(Convert.ToHexString(state), asker, user, time.GetTimestamp());
            var node = _byAge.AddLast(challenge);
            _byState.Add(challenge.State, node);
            if (!_byAsker.TryGetValue(asker, out own))
            {
                _byAsker.Add(asker, own = new Queue<LinkedListNode<Challenge>>());
            }

            own.Enqueue(node);
        }

        return state;
    }

    /// <summary>
    /// The user whom a State was given to; for him it is used up by asking. A stranger's asking changes nothing: else whoever saw a State
    /// could take the owner's chance away.
    /// </summary>
    public AaaUser? Take(ReadOnlySpan<byte> state, IPAddress nas, string userName)
    {
        lock (_lock)
        {
            if (!_byState.TryGetValue(Convert.ToHexString(state), out var node) || node.Value.Asker != new Asker(nas, userName))
            {
                return null;
            }

            Remove(node);
            return IsOld(node.Value) ? null : node.Value.User;
        }
    }

    private bool IsOld(Challenge challenge) => time.GetElapsedTime(challenge.Since) >= Lifetime;

    private void Remove(LinkedListNode<Challenge> node)
    {
        var challenge = node.Value;
        _byAge.Remove(node);
        _byState.Remove(challenge.State);
        var own = new Queue<LinkedListNode<Challenge>>(_byAsker[challenge.Asker].Where(other => other != node));
        if (own.Count == 0)
        {
            _byAsker.Remove(challenge.Asker);
        }
        else
        {
            _byAsker[challenge.Asker] = own;
        }
    }
}
