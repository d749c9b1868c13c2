using System.Net;

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

    /// <summary>Octets of a State.</summary>
    public const int StateLength = 16;

    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Challenge>> _byState = new(StringComparer.Ordinal);
    private readonly Dictionary<Asker, Queue<LinkedListNode<Challenge>>> _byAsker = [];
    private readonly LinkedList<Challenge> _byAge = new();

    private readonly record struct Asker(IPAddress Nas, string UserName);

    private sealed record Challenge(string State, Asker Asker, AaaUser User, int Left, long Since);

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

    /// <summary>Opens one.</summary>
    /// <param name="nas">Who asked.</param>
    /// <param name="userName">For whom.</param>
    /// <param name="user">What is known of him.</param>
    /// <param name="state">Its State; where there is one with it already, that one is over.</param>
    /// <param name="left">How many questions are left, this one included.</param>
    public void Open(IPAddress nas, string userName, AaaUser user, byte[] state, int left = 1)
    {
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

            var challenge = new Challenge(Convert.ToHexString(state), asker, user, left, time.GetTimestamp());
            if (_byState.TryGetValue(challenge.State, out var same))
            {
                // A seed gives the same State to the same request sent again.
                Remove(same);
            }

            var node = _byAge.AddLast(challenge);
            _byState.Add(challenge.State, node);
            if (!_byAsker.TryGetValue(asker, out own))
            {
                _byAsker.Add(asker, own = new Queue<LinkedListNode<Challenge>>());
            }

            own.Enqueue(node);
        }
    }

    /// <summary>Forgets all, as a server does that starts anew.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _byState.Clear();
            _byAsker.Clear();
            _byAge.Clear();
        }
    }

    /// <summary>
    /// The user whom a State was given to, and how many questions are left, this one included; for him it is used up by asking. A stranger's asking changes nothing: else whoever saw a State
    /// could take the owner's chance away.
    /// </summary>
    public (AaaUser User, int Left)? Take(ReadOnlySpan<byte> state, IPAddress nas, string userName)
    {
        lock (_lock)
        {
            if (!_byState.TryGetValue(Convert.ToHexString(state), out var node) || node.Value.Asker != new Asker(nas, userName))
            {
                return null;
            }

            Remove(node);
            return IsOld(node.Value) ? null : (node.Value.User, node.Value.Left);
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
