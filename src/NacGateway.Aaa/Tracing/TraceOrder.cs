using System.Runtime.InteropServices;
using NacGateway.Aaa.Scenarios;

namespace NacGateway.Aaa.Tracing;

/// <summary>
/// Where the lines of a trace lie in its file, and in which order they belong: by port, by the number of the request on it, its arrival
/// before what left for it. That order follows from what was asked alone, whatever was answered meanwhile.
/// </summary>
internal sealed class TraceOrder
{
    private const int First = -1;
    private const int Last = int.MaxValue;

    private readonly List<Line> _lines = [];
    private readonly Dictionary<int, long> _numbers = [];
    private long _end;

    /// <summary>How many lines there are.</summary>
    public int Count => _lines.Count;

    /// <summary>Whether they were written in that order.</summary>
    public bool IsKept { get; private set; } = true;

    /// <summary>The first line.</summary>
    public void Begin(int length) => Add(new Line(First, 0, TracePart.Arrival, _end, length));

    /// <summary>A line was written behind the others.</summary>
    /// <param name="port">Null for one that ends them all.</param>
    /// <param name="number">The request's; null for what came after the last one.</param>
    /// <param name="part">What it tells.</param>
    /// <param name="length">Its octets.</param>
    public void Add(ScenarioPort? port, long? number, TracePart part, int length)
    {
        var place = port is { } known ? (int)known : Last;
        var last = _numbers.GetValueOrDefault(place);
        _numbers[place] = Math.Max(last, number ?? 0);
        Add(new Line(place, number ?? last, part, _end, length));
    }

    /// <summary>Offset and length of each line, in order.</summary>
    public IEnumerable<(long Offset, int Length)> Sorted() =>
        _lines.OrderBy(line => line.Port).ThenBy(line => line.Number).ThenBy(line => line.Part).Select(line => (line.Offset, line.Length));

    private void Add(Line line)
    {
        IsKept = IsKept && (_lines.Count == 0 || (_lines[^1].Port, _lines[^1].Number, _lines[^1].Part).CompareTo((line.Port, line.Number, line.Part)) <= 0);
        _lines.Add(line);
        _end += line.Length;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Line(int Port, long Number, TracePart Part, long Offset, int Length);
}
