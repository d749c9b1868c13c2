using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Sessions;

/// <summary>Adds lines to the history of sessions. A session keeps its last hundred, so that nobody can fill the disk with one.</summary>
internal static class SessionHistory
{
    public const int Most = 100;
    private const int LongestText = 2000;

    /// <summary>Inside a transaction; the oldest lines of a session that has enough go.</summary>
    public static async Task AddAsync(GatewayDbContext database, IEnumerable<SessionEvent?> lines, CancellationToken cancellationToken)
    {
        // Copies: the operation may run a second time, with another context.
        var added = lines.OfType<SessionEvent>().Select(line => line with { Text = Clean(line.Text) }).ToList();
        if (added.Count == 0)
        {
            return;
        }

        var ids = added.Select(line => line.AcctSessionId).Distinct(StringComparer.Ordinal).ToList();
        var full = await database.Set<SessionEvent>()
            .Where(line => ids.Contains(line.AcctSessionId))
            .GroupBy(line => line.AcctSessionId)
            .Select(lines => new { AcctSessionId = lines.Key, Count = lines.Count() })
            .Where(session => session.Count >= Most)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var session in full)
        {
            var oldest = await database.Set<SessionEvent>().AsTracking()
                .Where(line => line.AcctSessionId == session.AcctSessionId)
                .OrderBy(line => line.Id)
                .Take(session.Count - Most + 1)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            database.RemoveRange(oldest);
        }

        database.AddRange(added);
    }

    /// <summary>As the column takes it: PostgreSQL keeps no NUL, and a line is one line.</summary>
    private static string Clean(string text) => string.Concat(text.Take(LongestText).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c));
}
