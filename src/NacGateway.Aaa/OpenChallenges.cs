using System.Security.Cryptography;

namespace NacGateway.Aaa;

/// <summary>Challenges that wait for their answer, by State: each good once, for one user of one client, and not for long.</summary>
internal sealed class OpenChallenges(TimeProvider time)
{
    private const int Capacity = 10_000;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Nas, AaaUser User, long Since)> _open = new(StringComparer.Ordinal);
    private readonly Queue<(string State, long Since)> _order = new();

    public byte[] Open(string nas, AaaUser user)
    {
        var state = RandomNumberGenerator.GetBytes(16);
        lock (_lock)
        {
            while (_order.TryPeek(out var oldest) && (_order.Count >= Capacity || time.GetElapsedTime(oldest.Since) >= s_lifetime))
            {
                _open.Remove(_order.Dequeue().State);
            }

            var now = time.GetTimestamp();
            _open[Convert.ToHexString(state)] = (nas, user, now);
            _order.Enqueue((Convert.ToHexString(state), now));
        }

        return state;
    }

    /// <summary>The user whom a State was given to; it is used up by asking.</summary>
    public AaaUser? Take(ReadOnlySpan<byte> state, string nas, string userName)
    {
        lock (_lock)
        {
            return _open.Remove(Convert.ToHexString(state), out var challenge)
                && time.GetElapsedTime(challenge.Since) < s_lifetime
                && string.Equals(challenge.Nas, nas, StringComparison.Ordinal)
                && string.Equals(challenge.User.Name, userName, StringComparison.Ordinal)
                ? challenge.User
                : null;
        }
    }
}
