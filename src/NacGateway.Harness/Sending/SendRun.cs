namespace NacGateway.Harness.Sending;

/// <summary>Exchanges one after the other, or several at a time.</summary>
/// <param name="requests">The requests, in turn.</param>
/// <param name="repeat">Times that each is sent.</param>
/// <param name="expected">What is expected of each.</param>
internal sealed class SendRun(IReadOnlyList<IOutgoing> requests, int repeat, Expectations expected)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _outcomes = new(StringComparer.Ordinal);
    private readonly List<double> _milliseconds = [];
    private long _sends;
    private int _taken;
    private int _good;
    private int _ended;

    /// <summary>The exit code of the run: as expected, else unexpected, else no answer.</summary>
    public int ExitCode { get; private set; } = Harness.ExitCode.Expected;

    public int Count => requests.Count * repeat;

    /// <param name="askers">Each works through exchanges of its own, one at a time.</param>
    /// <param name="onEnded">Told of each exchange and its number, one call at a time.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async Task<SendSummary> RunAsync(IReadOnlyList<IAsker> askers, Action<SendExchange, int> onEnded, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var work = Task.WhenAll(askers.Select(asker => Task.Run(() => WorkAsync(asker, onEnded, cancellationToken), cancellationToken)));
        try
        {
            await work;
        }
        catch (OperationCanceledException) when (_ended != 0 && Count > 1)
        {
            // Ctrl+C ends a run with the figures of what was done.
            ExitCode = ExitCode == Harness.ExitCode.Expected ? Harness.ExitCode.NoAnswer : ExitCode;
        }

        return new SendSummary
        {
            Good = _good == Count,
            Exchanges = _ended,
            Planned = Count,
            AsExpected = _good,
            Outcomes = _outcomes,
            Sends = _sends,
            Seconds = Math.Round(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 3),
            Milliseconds = SendTimes.Of(_milliseconds),
        };
    }

    private async Task WorkAsync(IAsker asker, Action<SendExchange, int> onEnded, CancellationToken cancellationToken)
    {
        for (int number; (number = Interlocked.Increment(ref _taken)) <= Count;)
        {
            var exchange = await SendExchange.RunAsync(asker, requests[(number - 1) % requests.Count], expected, cancellationToken);
            lock (_lock)
            {
                Add(exchange);
                onEnded(exchange, number);
            }
        }
    }

    private void Add(SendExchange exchange)
    {
        _ended++;
        _outcomes[exchange.Outcome] = _outcomes.GetValueOrDefault(exchange.Outcome) + 1;
        _sends += exchange.Steps.Sum(step => (long)step.Sends);
        _good += exchange.Good ? 1 : 0;
        if (exchange.Outcome != PacketOutcome.None)
        {
            _milliseconds.Add(exchange.Steps.Sum(step => step.Elapsed.TotalMilliseconds));
        }

        // An answer that is wrong says more than one that is missing.
        ExitCode = (ExitCode, exchange.ExitCode) switch
        {
            (Harness.ExitCode.Unexpected, _) => ExitCode,
            (_, Harness.ExitCode.Expected) => ExitCode,
            _ => exchange.ExitCode,
        };
    }
}
