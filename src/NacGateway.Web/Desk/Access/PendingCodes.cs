using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;

namespace NacGateway.Web.Desk.Access;

/// <summary>The local accounts whose code is awaited; in memory only, bounded, the oldest gives way. Safe for concurrent use.</summary>
internal sealed class PendingCodes(TimeProvider time)
{
    /// <summary>Wrong codes of one sign-in; after them the password is asked for again.</summary>
    public const int Tries = 3;

    private const int Capacity = 256;
    private const int IdLength = 16;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, PendingCode> _pending = new(StringComparer.Ordinal);

    /// <summary>Waits for a code. Returns the identifier that the answer must name.</summary>
    public string Add(long accountId, string name, IPAddress source) => Add(new PendingCode(accountId, name, source, Tries, time.GetTimestamp()));

    /// <summary>Waits again after a wrong one; null when that were too many. The time goes on from the first.</summary>
    public string? Again(PendingCode answered) => answered.TriesLeft <= 1 ? null : Add(answered with { TriesLeft = answered.TriesLeft - 1 });

    /// <summary>Whose code is awaited; null for none. Leaves it where it is.</summary>
    public PendingCode? Find(string id, IPAddress source)
    {
        lock (_lock)
        {
            return _pending.TryGetValue(id, out var pending) && pending.Source.Equals(source) && time.GetElapsedTime(pending.AskedAt) < s_lifetime ? pending : null;
        }
    }

    /// <summary>Takes one out, so that no second answer finds it.</summary>
    public PendingCode? Take(string id, IPAddress source)
    {
        lock (_lock)
        {
            return Find(id, source) is { } pending && _pending.Remove(id) ? pending : null;
        }
    }

    private string Add(PendingCode pending)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdLength));
        lock (_lock)
        {
            if (_pending.Count >= Capacity)
            {
                _pending.RemoveAt(0);
            }

            _pending.Add(id, pending);
        }

        return id;
    }
}
