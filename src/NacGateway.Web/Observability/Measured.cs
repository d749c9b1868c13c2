namespace NacGateway.Web.Observability;

/// <summary>The running value of one metric under one set of labels. Safe for concurrent use.</summary>
/// <param name="labels">The labels as the page writes them, without braces; empty for none.</param>
/// <param name="bounds">Upper bounds of a histogram's buckets, ascending; none for what is no histogram.</param>
internal sealed class Measured(string labels, IReadOnlyList<double> bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _buckets = new long[bounds.Count + 1];
    private double _value;
    private long _seen;

    public string Labels => labels;

    /// <summary>Adds a counter's increment.</summary>
    public void Add(double value)
    {
        lock (_lock)
        {
            _value += value;
        }
    }

    /// <summary>Adds a histogram's measurement.</summary>
    public void Count(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Count && value > bounds[bucket])
        {
            bucket++;
        }

        lock (_lock)
        {
            _value += value;
            _buckets[bucket]++;
        }
    }

    /// <summary>Takes over what an observable instrument reports; what several instruments report in one look is added up.</summary>
    /// <param name="value">The value.</param>
    /// <param name="look">Number of the look.</param>
    public void Set(double value, long look)
    {
        lock (_lock)
        {
            _value = _seen == look ? _value + value : value;
            _seen = look;
        }
    }

    /// <summary>Whether it was reported in a look, so that what has gone, such as a server, is not shown for ever.</summary>
    public bool WasSeen(long look)
    {
        lock (_lock)
        {
            return _seen == look;
        }
    }

    /// <summary>Value or sum, and the counts of the buckets, from one moment.</summary>
    public (double Value, long[] Buckets) Read()
    {
        lock (_lock)
        {
            return (_value, [.. _buckets]);
        }
    }
}
