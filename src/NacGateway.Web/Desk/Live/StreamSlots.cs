using Microsoft.Extensions.Options;

namespace NacGateway.Web.Desk.Live;

/// <summary>Bounds the streams of one administrator or key, and of all together. Safe for concurrent use.</summary>
internal sealed class StreamSlots(IOptions<LiveOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private int _all;

    /// <summary>Takes one; false where there are as many as there may be. <see cref="Give"/> ends it.</summary>
    public bool TryTake(string name)
    {
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(name);
            if (open >= options.Value.StreamsPerUser || _all >= options.Value.Streams)
            {
                return false;
            }

            _open[name] = open + 1;
            _all++;
            return true;
        }
    }

    public void Give(string name)
    {
        lock (_lock)
        {
            _all--;
            if (--_open[name] == 0)
            {
                _open.Remove(name);
            }
        }
    }
}
