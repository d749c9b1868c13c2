using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using NacGateway.Core.Authentication;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Administration;

/// <summary>
/// Slows guessing of API keys by address, as the settings <c>Throttle</c> say for a client: past that many wrong ones a key from there is not
/// looked up. A key that was good there lately goes on, so that one program with an old key does not stop the others of its machine. In memory
/// only, and bounded: a key has 256 random bits, and a restart that forgives gives nobody a chance. Safe for concurrent use.
/// </summary>
public sealed class KeyGuesses
{
    /// <summary>Addresses and good keys that are remembered.</summary>
    private const int Capacity = 10_000;

    private readonly ThrottleOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly ThrottleTable _addresses = new(Capacity);
    private readonly OrderedDictionary<string, DateTimeOffset> _good = new(StringComparer.Ordinal);

    internal KeyGuesses(IOptions<ThrottleOptions> options, TimeProvider time) => (_options, _time) = (options.Value, time);

    /// <summary>Until when keys from an address are not looked up; null where this one is.</summary>
    public DateTimeOffset? Forbidden(string text, IPAddress source)
    {
        var now = _time.GetUtcNow();
        lock (_lock)
        {
            return _addresses.TryGet(KeyOf(source), out var counter) && counter.Forbidden(now, _options.ClientFailures, TimeSpan.Zero) is { } until && until > now && !_good.ContainsKey(NameOf(text, source)) ? until : null;
        }
    }

    /// <summary>It was none, or is none any more.</summary>
    public void Fail(string text, IPAddress source)
    {
        var now = _time.GetUtcNow();
        lock (_lock)
        {
            _good.Remove(NameOf(text, source));
            _addresses.GetOrAdd(KeyOf(source), now).Fail(now, _options.ClientFailures, _options);
        }
    }

    /// <summary>It was good.</summary>
    public void Succeed(string text, IPAddress source)
    {
        var now = _time.GetUtcNow();
        var name = NameOf(text, source);
        lock (_lock)
        {
            // Put at the end anew, so that the one that was not used for longest gives way; not for every request.
            if (_good.TryGetValue(name, out var at) && now - at < _options.Window)
            {
                return;
            }

            _good.Remove(name);
            if (_good.Count >= Capacity)
            {
                _good.RemoveAt(0);
            }

            _good.Add(name, now);
        }
    }

    private static string KeyOf(IPAddress source) => ClientKey.From(source).ToString();

    private static string NameOf(string text, IPAddress source) => $"{KeyOf(source)} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
