using System.Buffers.Binary;
using System.Net;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Server;

/// <summary>
/// Knows the requests of the last seconds, so that a retransmission is neither handled twice nor answered differently (RFC 5080
/// section 2.2.2). Bounded: kept answers by capacity and age, requests in progress by the server's limit. One lock.
/// </summary>
internal sealed class DuplicateCache(TimeProvider timeProvider, TimeSpan window, int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Key, byte[]?> _requests = [];
    private readonly Queue<(Key Key, long Answered)> _answered = [];

    /// <summary>What a request is told apart by; the authenticator tells a retransmission from a reused Identifier.</summary>
    internal readonly record struct Key(IPEndPoint Source, RadiusCode Code, byte Identifier, UInt128 Authenticator)
    {
        public static Key Of(IPEndPoint source, RadiusPacket request) =>
            new(source, request.Code, request.Identifier, BinaryPrimitives.ReadUInt128BigEndian(request.Authenticator));
    }

    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _requests.Count;
            }
        }
    }

    /// <summary>Registers a request; false when it is known, with its answer or, while that is being made, null.</summary>
    internal bool TryBegin(Key key, out byte[]? reply)
    {
        lock (_lock)
        {
            Expire();
            if (_requests.TryGetValue(key, out reply))
            {
                return false;
            }

            _requests.Add(key, null);
            return true;
        }
    }

    /// <summary>Keeps the answer for the window.</summary>
    internal void Complete(Key key, byte[] reply)
    {
        lock (_lock)
        {
            _requests[key] = reply;
            _answered.Enqueue((key, timeProvider.GetTimestamp()));
            Expire();
        }
    }

    /// <summary>Forgets a request that got no answer: its retransmission is a new attempt.</summary>
    internal void Forget(Key key)
    {
        lock (_lock)
        {
            _requests.Remove(key);
        }
    }

    private void Expire()
    {
        while (_answered.TryPeek(out (Key Key, long Answered) oldest)
            && (_answered.Count > capacity || timeProvider.GetElapsedTime(oldest.Answered) >= window))
        {
            _answered.Dequeue();
            _requests.Remove(oldest.Key);
        }
    }
}
