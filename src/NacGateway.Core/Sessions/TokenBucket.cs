using System.Diagnostics.CodeAnalysis;

namespace NacGateway.Core.Sessions;

/// <summary>
/// Shapes octets to a rate that may change at any time: never more than rate × time and one burst. Who finds too little waits in turn,
/// so connections that share it get equal shares, one piece after the other. Safe for concurrent use.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its timer is idle when nobody waits, and an idle timer goes with the bucket.")]
internal sealed class TokenBucket(TimeProvider time)
{
    /// <summary>Most octets taken at once, and the smallest burst: a buffer.</summary>
    public const int LargestPiece = 16 * 1024;

    private const int SmallestPiece = 1024;
    private const int BitsPerOctet = 8;

    /// <summary>A burst is what a quarter of a second brings: enough that a waiting reader does not lose pace, too little to notice.</summary>
    private const int BurstsPerSecond = 4;

    private static readonly TimeSpan s_longestTimer = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiters = [];
    private ITimer? _timer;
    private long _rate;
    private long _filledAt;

    /// <summary>What may pass now, in bits × clock frequency: whole numbers, so that nothing is lost or won by rounding.</summary>
    private Int128 _credit;

    /// <summary>Bits per second; null lets everything pass. A new rate counts from now on, for those that wait, too.</summary>
    public long? Rate
    {
        get => Volatile.Read(ref _rate) is > 0 and var rate ? rate : null;
        set
        {
            lock (_lock)
            {
                var rate = value is { } given ? Math.Max(1, given) : 0;
                if (rate == _rate)
                {
                    return;
                }

                Fill();

                // A fresh limit begins with its burst; one that changes keeps what it has, or changing to and fro would make octets.
                _credit = _rate == 0 ? Burst(rate) : Int128.Min(_credit, Burst(rate));
                Volatile.Write(ref _rate, rate);
                Serve();
            }
        }
    }

    /// <summary>
    /// Most octets to take at once: what a burst brings, within bounds. In smaller pieces a slow session still moves all the time and
    /// is not taken for idle, and its connections take turns often.
    /// </summary>
    public int Piece => Rate is { } rate ? (int)Math.Clamp(rate / (BitsPerOctet * BurstsPerSecond), SmallestPiece, LargestPiece) : LargestPiece;

    /// <summary>Returns when so many octets may pass. Allocates nothing unless it must wait.</summary>
    /// <param name="octets">At most <see cref="LargestPiece"/>.</param>
    /// <param name="cancellationToken">Gives the place in the row up, and takes nothing.</param>
    public ValueTask TakeAsync(int octets, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(octets, LargestPiece);
        if (Volatile.Read(ref _rate) == 0)
        {
            return default;
        }

        lock (_lock)
        {
            Fill();
            return _waiters.Count == 0 && TryPay(octets) ? default : new ValueTask(Wait(octets, cancellationToken));
        }
    }

    /// <summary>Takes the last place in the row. Within the lock.</summary>
    private Task Wait(int octets, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(octets);
        waiter.Place = _waiters.AddLast(waiter);
        if (_waiters.Count == 1)
        {
            Arm();
        }

        waiter.Impatience = cancellationToken.UnsafeRegister((state, token) => Leave((Waiter)state!, token), waiter);
        return waiter.Task;
    }

    private void Leave(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!waiter.TrySetCanceled(cancellationToken))
            {
                return;
            }

            // Who comes next may want less, and need not wait for what this one wanted.
            _waiters.Remove(waiter.Place!);
            Fill();
            Serve();
        }
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            Fill();
            Serve();
        }
    }

    /// <summary>Lets pass, in turn, all that the credit is enough for. Within the lock, after <see cref="Fill"/>.</summary>
    private void Serve()
    {
        while (_waiters.First is { } first)
        {
            if (!TryPay(first.Value.Octets))
            {
                Arm();
                return;
            }

            _waiters.RemoveFirst();
            first.Value.TrySetResult();

            // Not disposed of: that would wait for a callback that waits for the lock.
            first.Value.Impatience.Unregister();
        }
    }

    private void Fill()
    {
        var now = time.GetTimestamp();
        _credit = Int128.Min(_credit + ((Int128)(now - _filledAt) * _rate), Burst(_rate));
        _filledAt = now;
    }

    private bool TryPay(int octets)
    {
        if (_rate == 0)
        {
            return true;
        }

        var price = Price(octets);
        if (_credit < price)
        {
            return false;
        }

        _credit -= price;
        return true;
    }

    /// <summary>Sets the timer for the first that waits.</summary>
    private void Arm()
    {
        var missing = Price(_waiters.First!.Value.Octets) - _credit;

        // In whole milliseconds, as timers count, and never too early.
        var milliseconds = (missing / _rate * 1000 / time.TimestampFrequency) + 1;
        var due = milliseconds > (long)s_longestTimer.TotalMilliseconds ? s_longestTimer : TimeSpan.FromMilliseconds((long)milliseconds);
        _timer ??= time.CreateTimer(static bucket => ((TokenBucket)bucket!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private Int128 Price(int octets) => (Int128)octets * BitsPerOctet * time.TimestampFrequency;

    private Int128 Burst(long rate) => Int128.Max((Int128)rate * time.TimestampFrequency / BurstsPerSecond, Price(LargestPiece));

    /// <summary>One that waits; goes on elsewhere than in the lock.</summary>
    private sealed class Waiter(int octets) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public int Octets => octets;

        public LinkedListNode<Waiter>? Place { get; set; }

        public CancellationTokenRegistration Impatience { get; set; }
    }
}
