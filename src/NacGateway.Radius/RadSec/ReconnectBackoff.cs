namespace NacGateway.Radius.RadSec;

/// <summary>How long to wait before the next attempt to connect: twice as long each time, from 0.5 s to 60 s, with a random part so that clients of a server that returns do not all come at once. Not safe for concurrent use.</summary>
/// <param name="random">Gives 0 up to, but not including, 1.</param>
internal sealed class ReconnectBackoff(Func<double> random)
{
    private const double FirstSeconds = 0.5;
    private const double LongestSeconds = 48;
    private const double RandomPart = 0.25;
    private const int MostDoublings = 7;

    /// <summary>Attempts in a row that gave nothing.</summary>
    public int Failures { get; private set; }

    /// <summary>The wait after a connection that served broke: the shortest, for that is no sign of a server that is down.</summary>
    public TimeSpan AfterBreak()
    {
        Failures = 0;
        return Wait(0);
    }

    public TimeSpan AfterFailure() => Wait(Failures++);

    public void Succeeded() => Failures = 0;

    private TimeSpan Wait(int doublings) =>
        TimeSpan.FromSeconds(Math.Min(LongestSeconds, FirstSeconds * (1 << Math.Min(doublings, MostDoublings))) * (1 + (RandomPart * random())));
}
