using Microsoft.Extensions.Options;

namespace NacGateway.Web.Desk.Access;

/// <summary>
/// How long a refusal takes: whole steps of <c>Admin:RejectDelay</c>, as many as the RADIUS servers took lately, whether one was asked or not.
/// Otherwise time would tell which names are local accounts, above all while no server answers. Safe for concurrent use.
/// </summary>
internal sealed class RefusalPace(RadiusSignIn radius, IOptions<AdminOptions> options, TimeProvider time)
{
    /// <summary>What nobody has measured yet: servers delay a reject by a second of their own as a rule.</summary>
    private const int StepsUnmeasured = 2;

    private const int Remembered = 8;
    private static readonly TimeSpan s_lately = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Queue<(long At, TimeSpan Took)> _asked = new(Remembered);

    /// <summary>When a try begins.</summary>
    public long Begin() => time.GetTimestamp();

    /// <summary>Remembers how long a RADIUS server took to refuse, or not to answer.</summary>
    public void Learn(long begun)
    {
        lock (_lock)
        {
            if (_asked.Count == Remembered)
            {
                _asked.Dequeue();
            }

            _asked.Enqueue((time.GetTimestamp(), time.GetElapsedTime(begun)));
        }
    }

    /// <summary>How long a refusal takes now.</summary>
    public TimeSpan Whole()
    {
        var step = options.Value.RejectDelay;
        if (step <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        lock (_lock)
        {
            var lately = _asked.Where(one => time.GetElapsedTime(one.At) < s_lately).Select(one => one.Took).ToList();
            return step * (lately.Count > 0 ? Math.Max(1, Math.Ceiling(lately.Max() / step)) : radius.IsOn ? StepsUnmeasured : 1);
        }
    }

    /// <summary>Waits until a refusal has taken its time.</summary>
    public async Task HoldAsync(long begun, CancellationToken cancellationToken)
    {
        var left = Whole() - time.GetElapsedTime(begun);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, cancellationToken);
        }
    }
}
