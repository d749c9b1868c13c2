using System.Globalization;

namespace NacGateway.Harness.Serving;

/// <summary>The last line: what was answered and what was dropped, by reason.</summary>
internal sealed record SummaryLine(string Event, long Accepted, long Rejected, long Challenged, long Accounted, long Repeated, IReadOnlyDictionary<string, long> Dropped)
{
    public override string ToString()
    {
        var dropped = Dropped.Count == 0 ? "none" : string.Join(", ", Dropped.Select(drop => string.Create(CultureInfo.InvariantCulture, $"{drop.Value} {drop.Key}")));
        return string.Create(CultureInfo.InvariantCulture, $"Stopped: {Accepted} accepted, {Rejected} rejected, {Challenged} challenged, {Accounted} accounting records; {Repeated} answers repeated; dropped: {dropped}.");
    }
}
