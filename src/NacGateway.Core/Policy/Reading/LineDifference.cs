using System.Globalization;

namespace NacGateway.Core.Policy.Reading;

/// <summary>The difference between two texts, line by line.</summary>
public static class LineDifference
{
    /// <summary>Lines around a change that are shown with it.</summary>
    public const int Around = 3;

    /// <summary>Cells of the table of common lines: past them what lies between the first and the last change is told as replaced.</summary>
    private const long MostCells = 4_000_000;

    /// <summary>All lines of both texts, in order.</summary>
    public static IReadOnlyList<LineChange> Of(string before, string after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, @new) = (Lines(before), Lines(after));
        var start = 0;
        while (start < old.Length && start < @new.Length && old[start] == @new[start])
        {
            start++;
        }

        var end = 0;
        while (end < old.Length - start && end < @new.Length - start && old[^(end + 1)] == @new[^(end + 1)])
        {
            end++;
        }

        List<LineChange> changes = [];
        for (var line = 0; line < start; line++)
        {
            changes.Add(new LineChange(LineChangeKind.Same, line + 1, line + 1, old[line]));
        }

        AddMiddle(changes, old[start..^end], @new[start..^end], start);
        for (var line = end; line > 0; line--)
        {
            changes.Add(new LineChange(LineChangeKind.Same, old.Length - line + 1, @new.Length - line + 1, old[^line]));
        }

        return changes;
    }

    /// <summary>The changes with some lines around each; what lies between is counted.</summary>
    public static IReadOnlyList<LineChange> Excerpt(string before, string after)
    {
        var all = Of(before, after);
        var near = new bool[all.Count];
        for (var line = 0; line < all.Count; line++)
        {
            if (all[line].Kind != LineChangeKind.Same)
            {
                Array.Fill(near, value: true, Math.Max(0, line - Around), Math.Min(all.Count, line + Around + 1) - Math.Max(0, line - Around));
            }
        }

        List<LineChange> shown = [];
        for (var line = 0; line < all.Count; line++)
        {
            if (near[line])
            {
                shown.Add(all[line]);
                continue;
            }

            var first = line;
            while (line + 1 < all.Count && !near[line + 1])
            {
                line++;
            }

            shown.Add(new LineChange(LineChangeKind.Gap, Old: null, New: null, string.Create(CultureInfo.InvariantCulture, $"{line - first + 1} lines as before")));
        }

        return shown;
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static void AddMiddle(List<LineChange> changes, string[] old, string[] @new, int start)
    {
        var (here, there) = (0, 0);
        if ((long)old.Length * @new.Length <= MostCells)
        {
            var common = Common(old, @new);
            while (here < old.Length && there < @new.Length)
            {
                if (old[here] == @new[there])
                {
                    changes.Add(new LineChange(LineChangeKind.Same, start + here + 1, start + there + 1, old[here]));
                    (here, there) = (here + 1, there + 1);
                }
                else if (common[here + 1, there] >= common[here, there + 1])
                {
                    changes.Add(new LineChange(LineChangeKind.Removed, start + ++here, New: null, old[here - 1]));
                }
                else
                {
                    changes.Add(new LineChange(LineChangeKind.Added, Old: null, start + ++there, @new[there - 1]));
                }
            }
        }

        for (; here < old.Length; here++)
        {
            changes.Add(new LineChange(LineChangeKind.Removed, start + here + 1, New: null, old[here]));
        }

        for (; there < @new.Length; there++)
        {
            changes.Add(new LineChange(LineChangeKind.Added, Old: null, start + there + 1, @new[there]));
        }
    }

    /// <summary>Of every pair of places, how many lines the rests have in common.</summary>
    private static int[,] Common(string[] old, string[] @new)
    {
        var common = new int[old.Length + 1, @new.Length + 1];
        for (var here = old.Length - 1; here >= 0; here--)
        {
            for (var there = @new.Length - 1; there >= 0; there--)
            {
                common[here, there] = old[here] == @new[there] ? common[here + 1, there + 1] + 1 : Math.Max(common[here + 1, there], common[here, there + 1]);
            }
        }

        return common;
    }
}
