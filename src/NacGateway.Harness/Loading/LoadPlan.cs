namespace NacGateway.Harness.Loading;

/// <summary>When requests are due: as fast as the window allows, or at a rate that goes up (or down) in steps. Bounded by count and by time. Immutable.</summary>
internal sealed record LoadPlan
{
    /// <summary>Requests per second of each step in turn; empty: a request is due whenever the window has room.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [];

    /// <summary>Length of a step, or of the whole run where there are none.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>Requests at most.</summary>
    public long Count { get; init; } = long.MaxValue;

    /// <summary>When the last request may be sent.</summary>
    public TimeSpan Duration => Rates.Count == 0 ? Length : Length * Rates.Count;

    /// <summary>Steps from one rate to another; the last step is <paramref name="to"/> whatever the distance.</summary>
    public static IReadOnlyList<double> Steps(double from, double to, double step)
    {
        var rates = new List<double>();
        var direction = to < from ? -step : step;
        for (var i = 0; ; i++)
        {
            var rate = from + (i * direction);
            if (direction < 0 ? rate <= to : rate >= to)
            {
                rates.Add(to);
                return rates;
            }

            rates.Add(rate);
        }
    }

    /// <summary>Requests per second that are wanted at this time; null where the window alone decides.</summary>
    public double? RateAt(TimeSpan elapsed) => Rates.Count == 0 || elapsed >= Duration ? null : Rates[StepAt(elapsed)];

    /// <summary>How many requests are due from the start up to this time.</summary>
    public long DueBy(TimeSpan elapsed)
    {
        if (Rates.Count == 0)
        {
            return elapsed < Duration ? Count : 0;
        }

        var step = elapsed >= Duration ? Rates.Count : StepAt(elapsed);
        var whole = 0.0;
        for (var i = 0; i < step; i++)
        {
            whole += Rates[i] * Length.TotalSeconds;
        }

        var part = step == Rates.Count ? 0 : Rates[step] * (elapsed - (Length * step)).TotalSeconds;
        return Math.Min(Count, (long)(whole + part + 1e-6));
    }

    private int StepAt(TimeSpan elapsed) => Math.Min(Rates.Count - 1, (int)(elapsed.Ticks / Length.Ticks));
}
