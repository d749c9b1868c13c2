using System.Buffers.Binary;

namespace NacGateway.Core.Coa;

/// <summary>
/// Remembers digests in two generations, the younger of which becomes the older when its time is over or it is full: each is known for at
/// least that time, unless very many come. Only what it costs to ask again hangs on it; what was answered is in the database. Safe for
/// concurrent use.
/// </summary>
internal sealed class SeenRequests(TimeSpan span, TimeProvider time)
{
    /// <summary>Of one generation: some megabytes at most.</summary>
    private const int Most = 65_536;

    private readonly Lock _lock = new();
    private HashSet<UInt128> _young = [];
    private HashSet<UInt128> _old = [];
    private long _begun = time.GetTimestamp();

    public bool Contains(ReadOnlySpan<byte> digest)
    {
        var key = Key(digest);
        lock (_lock)
        {
            Turn();
            return _young.Contains(key) || _old.Contains(key);
        }
    }

    public void Add(ReadOnlySpan<byte> digest)
    {
        lock (_lock)
        {
            Turn();
            _young.Add(Key(digest));
        }
    }

    /// <summary>Half of SHA-256 cannot be met by chance either.</summary>
    private static UInt128 Key(ReadOnlySpan<byte> digest) => BinaryPrimitives.ReadUInt128BigEndian(digest);

    private void Turn()
    {
        var elapsed = time.GetElapsedTime(_begun);
        if (elapsed < span && _young.Count < Most)
        {
            return;
        }

        // After a long silence the younger ones are old, too.
        _old = elapsed < 2 * span ? _young : [];
        _young = [];
        _begun = time.GetTimestamp();
    }
}
