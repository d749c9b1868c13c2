using System.Globalization;
using System.Text;

namespace NacGateway.Harness.Loading;

/// <summary>Draws a run as SVG: requests per second above, latency below, over the same time. It needs no script, font or file beside it.</summary>
internal sealed class LoadPlot
{
    private const int Width = 960;
    private const int Height = 640;
    private const int Left = 80;
    private const int Right = 30;
    private const int PanelHeight = 210;
    private const int FirstTop = 80;
    private const int SecondTop = 370;

    // The last replies of a run may fall into a second of some milliseconds, whose rate would say nothing.
    private const double LeastLength = 0.2;
    private readonly StringBuilder _svg = new();
    private readonly IReadOnlyList<LoadSecond> _seconds;
    private readonly PlotAxis _time;

    private LoadPlot(IReadOnlyList<LoadSecond> seconds)
    {
        _seconds = seconds.Count < 2 ? seconds : [.. seconds.Where(second => second.Length >= LeastLength)];
        _time = PlotAxis.OfSeconds(_seconds.Count == 0 ? 1 : _seconds[^1].Second);
    }

    /// <summary>The picture as text.</summary>
    public static string Draw(IReadOnlyList<LoadSecond> seconds, LoadSummary summary) => new LoadPlot(seconds).Draw(summary);

    private string Draw(LoadSummary summary)
    {
        _svg.Append(Invariant($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" font-family="sans-serif" font-size="13" fill="#222">
            <rect width="{Width}" height="{Height}" fill="#fff"/>
            <text x="{Left}" y="26" font-size="17" font-weight="bold">Load on {summary.Server}</text>
            <text x="{Left}" y="46">{summary.Sent:N0} sent, {summary.Answered:N0} answered, {summary.Lost:N0} lost in {summary.Seconds:0.0} s: {summary.PerSecond:N0} answers/s; p50 {summary.P50:0.0##} ms, p99 {summary.P99:0.0##} ms</text>

            """));
        Panel(
            FirstTop,
            "requests per second",
            new PlotLine("wanted", "#c4c4c4", 9, second => second.Target),
            new PlotLine("sent", "#0072b2", 5, second => Rate(second.Sent, second)),
            new PlotLine("answered", "#009e73", 2, second => Rate(second.Answered, second)),
            new PlotLine("lost", "#d55e00", 2, second => Rate(second.Lost, second)));
        Panel(
            SecondTop,
            "latency in ms",
            new PlotLine("p50", "#009e73", 2, second => second.P50),
            new PlotLine("p95", "#0072b2", 2, second => second.P95),
            new PlotLine("p99", "#d55e00", 2, second => second.P99));
        return _svg.Append("</svg>\n").ToString();
    }

    private void Panel(int top, string title, params PlotLine[] lines)
    {
        // A line without a value (a run without a wanted rate) has no place in the legend either.
        PlotLine[] drawn = [.. lines.Where(line => _seconds.Any(second => line.Value(second) is not null))];
        var axis = PlotAxis.To(drawn.SelectMany(line => _seconds.Select(line.Value)).Max() ?? 1);
        var bottom = top + PanelHeight;
        foreach (var tick in axis.Ticks)
        {
            var y = bottom - (tick / axis.End * PanelHeight);
            _svg.Append(Invariant($"<line x1=\"{Left}\" y1=\"{y:0.#}\" x2=\"{Width - Right}\" y2=\"{y:0.#}\" stroke=\"#ddd\"/><text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{PlotAxis.Text(tick)}</text>\n"));
        }

        foreach (var tick in _time.Ticks)
        {
            _svg.Append(Invariant($"<line x1=\"{X(tick):0.#}\" y1=\"{top}\" x2=\"{X(tick):0.#}\" y2=\"{bottom}\" stroke=\"#ddd\"/><text x=\"{X(tick):0.#}\" y=\"{bottom + 18}\" text-anchor=\"middle\">{PlotAxis.Text(tick)}</text>\n"));
        }

        _svg.Append(Invariant($"<path d=\"M{Left} {top}V{bottom}H{Width - Right}\" fill=\"none\" stroke=\"#444\"/>\n"));
        _svg.Append(Invariant($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{bottom + 36}\" text-anchor=\"middle\">time in seconds</text>\n"));
        _svg.Append(Invariant($"<text transform=\"translate(22 {top + (PanelHeight / 2)}) rotate(-90)\" text-anchor=\"middle\">{title}</text>\n"));
        for (var i = 0; i < drawn.Length; i++)
        {
            Line(drawn[i], axis, bottom);
            var x = Left + 10 + (i * 110);
            _svg.Append(Invariant($"<line x1=\"{x}\" y1=\"{top - 12}\" x2=\"{x + 26}\" y2=\"{top - 12}\" stroke=\"{drawn[i].Colour}\" stroke-width=\"{drawn[i].Width:0.#}\"/><text x=\"{x + 32}\" y=\"{top - 8}\">{drawn[i].Name}</text>\n"));
        }
    }

    private void Line(PlotLine line, PlotAxis axis, int bottom)
    {
        var path = new StringBuilder();
        var marks = new StringBuilder();
        var isOpen = false;
        foreach (var second in _seconds)
        {
            if (line.Value(second) is not { } value)
            {
                isOpen = false;
                continue;
            }

            // A second's value stands in its middle.
            var x = X(second.Second - 1 + (second.Length / 2));
            var y = bottom - (value / axis.End * PanelHeight);
            path.Append(Invariant($"{(isOpen ? 'L' : 'M')}{x:0.#} {y:0.#}"));
            if (_seconds.Count <= 60)
            {
                marks.Append(Invariant($"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"2.5\" fill=\"{line.Colour}\"><title>{line.Name}, second {second.Second}: {PlotAxis.Text(value)}</title></circle>"));
            }

            isOpen = true;
        }

        _svg.Append(Invariant($"<path d=\"{path}\" fill=\"none\" stroke=\"{line.Colour}\" stroke-width=\"{line.Width:0.#}\" stroke-linejoin=\"round\"/>\n")).Append(marks).Append('\n');
    }

    private static double? Rate(long count, LoadSecond second) => count / Math.Max(second.Length, 1e-3);

    private double X(double second) => Left + (second / _time.End * (Width - Left - Right));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
