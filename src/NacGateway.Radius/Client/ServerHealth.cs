namespace NacGateway.Radius.Client;

/// <summary>
/// Whether a server is worth asking first. After three exchanges in a row without an answer it is asked only when all others have
/// failed, until it has rested or answered. Safe for concurrent use.
/// </summary>
internal sealed class ServerHealth(TimeProvider time)
{
    /// <summary>Unanswered exchanges in a row that put a server to rest.</summary>
    public const int Patience = 3;

    private readonly Lock _lock = new();
    private int _silent;
    private long _restsUntil = long.MinValue;

    /// <summary>How long it rests; then one exchange tries it again.</summary>
    public static TimeSpan Rest { get; } = TimeSpan.FromSeconds(30);

    public bool IsUp
    {
        get
        {
            lock (_lock)
            {
                return time.GetTimestamp() >= _restsUntil;
            }
        }
    }

    public void Answered()
    {
        lock (_lock)
        {
            _silent = 0;
            _restsUntil = long.MinValue;
        }
    }

    public void Silent(bool refused)
    {
        lock (_lock)
        {
            // A port that refuses is as silent as one can be; there is nothing to be patient about.
            _silent = refused ? Patience : Math.Min(_silent + 1, Patience);
            if (_silent >= Patience)
            {
                _restsUntil = time.GetTimestamp() + (long)(Rest.TotalSeconds * time.TimestampFrequency);
            }
        }
    }
}
