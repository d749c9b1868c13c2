using NacGateway.Core.Sessions;

namespace NacGateway.Core.Authentication;

/// <summary>Devices that a server has refused, for a while: of more than can be kept, the oldest are forgotten. Safe for concurrent use.</summary>
internal sealed class RefusedDevices(TimeSpan keptFor, TimeProvider time)
{
    internal const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<MacAddress, long> _refusedAt = [];
    private readonly Queue<(MacAddress Device, long At)> _order = new();

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _refusedAt.Count;
            }
        }
    }

    public bool Contains(MacAddress device)
    {
        lock (_lock)
        {
            return _refusedAt.TryGetValue(device, out var at) && time.GetElapsedTime(at) < keptFor;
        }
    }

    public void Add(MacAddress device)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _refusedAt[device] = now;
            _order.Enqueue((device, now));
            while (_order.TryPeek(out var oldest) && (_order.Count > Most || time.GetElapsedTime(oldest.At) >= keptFor))
            {
                _order.Dequeue();
                if (_refusedAt.GetValueOrDefault(oldest.Device) == oldest.At)
                {
                    _refusedAt.Remove(oldest.Device);
                }
            }
        }
    }
}
