using NacGateway.Core.Audit;

namespace NacGateway.Web.Admin.Trail;

/// <summary>A line of the list, which may stand for the same line many times.</summary>
/// <param name="Line">The newest of them.</param>
/// <param name="Detail">Its detail, without a number of repetitions.</param>
/// <param name="Count">How often it happened.</param>
/// <param name="First">When it happened first, of those that are on this page.</param>
public sealed record TrailRow(AuditRecord Line, string? Detail, long Count, DateTimeOffset First)
{
    /// <summary>Puts together what repeats: the same act of the same person with the same outcome, one after the other.</summary>
    internal static IReadOnlyList<TrailRow> Group(IEnumerable<AuditRecord> newestFirst)
    {
        List<TrailRow> rows = [];
        foreach (var line in newestFirst)
        {
            var (detail, count) = AuditRepeats.Read(line.Detail);
            if (rows is [.., var last] && IsSame(last, line, detail))
            {
                rows[^1] = last with { Count = last.Count + count, First = line.At };
            }
            else
            {
                rows.Add(new TrailRow(line, detail, count, line.At));
            }
        }

        return rows;
    }

    private static bool IsSame(TrailRow row, AuditRecord line, string? detail) =>
        row.Line.Outcome == "refused" && (row.Line.Actor, row.Line.Source, row.Line.Action, row.Line.Target, row.Line.Outcome, row.Detail) == (line.Actor, line.Source, line.Action, line.Target, line.Outcome, detail);
}
