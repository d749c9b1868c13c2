using System.Security.Cryptography;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Client;

/// <summary>
/// The requests of one connection that wait, by Identifier or, in RADIUS/1.1, by Token. Identifier 0 is kept for Status-Server, so that
/// the watchdog always finds one (RFC 6613 section 2.6.5). Safe for concurrent use.
/// </summary>
internal sealed class InFlight
{
    /// <summary>Waiting at a time in RADIUS/1.1; what is over it takes another connection.</summary>
    public const int Most11 = 8192;

    private const int Identifiers = 256;
    private readonly RadiusVersion _version;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<uint, PendingRequest?> _waiting = [];
    private readonly Dictionary<uint, long> _late = [];
    private uint _next;
    private bool _closed;

    public InFlight(RadiusVersion version, TimeProvider time)
    {
        _version = version;
        _time = time;

        // A Token that begins anywhere tells nobody how many packets there were (RFC 9765 section 4.2.1).
        Span<byte> start = stackalloc byte[sizeof(uint)];
        RandomNumberGenerator.Fill(start);
        _next = version == RadiusVersion.Radius11 ? BitConverter.ToUInt32(start) : 1;
    }

    /// <summary>How long an Identifier whose reply never came is left alone: on a stream a late reply may still come, and would fail on the next request's authenticator.</summary>
    private static TimeSpan Quarantine { get; } = TimeSpan.FromSeconds(60);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Takes a key that nothing waits on; false when there is none, or the connection ends.</summary>
    public bool TryTake(RadiusCode code, out uint key)
    {
        lock (_lock)
        {
            key = 0;
            return !_closed && (_version == RadiusVersion.Radius11 ? TryTakeToken(out key) : TryTakeIdentifier(code, out key));
        }
    }

    public void Expect(uint key, PendingRequest request)
    {
        lock (_lock)
        {
            if (!_closed)
            {
                _waiting[key] = request;
                return;
            }
        }

        request.Unreachable();
    }

    public PendingRequest? Find(uint key)
    {
        lock (_lock)
        {
            _late.Remove(key);
            return _waiting.GetValueOrDefault(key);
        }
    }

    public void Release(uint key, bool answered)
    {
        lock (_lock)
        {
            if (_waiting.Remove(key) && !answered && _version == RadiusVersion.Radius10)
            {
                _late[key] = _time.GetTimestamp();
            }
        }
    }

    /// <summary>Gives out no more keys; false when something waits and <paramref name="onlyIfEmpty"/>.</summary>
    public bool Close(bool onlyIfEmpty, out PendingRequest[] left)
    {
        lock (_lock)
        {
            left = [.. _waiting.Values.OfType<PendingRequest>()];
            if (onlyIfEmpty && _waiting.Count > 0)
            {
                return false;
            }

            _closed = true;
            return true;
        }
    }

    private bool TryTakeToken(out uint key)
    {
        key = 0;
        if (_waiting.Count >= Most11)
        {
            return false;
        }

        do
        {
            key = _next++;
        }
        while (!_waiting.TryAdd(key, null));
        return true;
    }

    private bool TryTakeIdentifier(RadiusCode code, out uint key)
    {
        key = 0;
        if (code == RadiusCode.StatusServer && TryReserve(0))
        {
            return true;
        }

        for (int tried = 1; tried < Identifiers; tried++)
        {
            key = _next;
            _next = (_next % (Identifiers - 1)) + 1;
            if (TryReserve(key))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryReserve(uint key)
    {
        if (_late.TryGetValue(key, out long since) && _time.GetElapsedTime(since) < Quarantine)
        {
            return false;
        }

        return _waiting.TryAdd(key, null);
    }
}
