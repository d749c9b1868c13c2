using System.Diagnostics.Metrics;

namespace NacGateway.Web.Observability;

/// <summary>The running value of one instrument under one set of tags. Safe for concurrent use.</summary>
internal sealed class Measured(Instrument instrument, string labels)
{
    private readonly Lock _lock = new();
    private double _value;
    private long _count;

    public Instrument Instrument => instrument;

    /// <summary>The tags, as the page writes them; empty or in braces.</summary>
    public string Labels => labels;

    /// <summary>Adds a counter's increment or a histogram's measurement.</summary>
    public void Add(double value)
    {
        lock (_lock)
        {
            _value += value;
            _count++;
        }
    }

    /// <summary>Takes over what an observable instrument reports.</summary>
    public void Set(double value)
    {
        lock (_lock)
        {
            _value = value;
        }
    }

    /// <summary>Sum (or last value) and number of measurements, from one moment.</summary>
    public (double Value, long Count) Read()
    {
        lock (_lock)
        {
            return (_value, _count);
        }
    }
}
