using System.Text;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Audit;

/// <summary>Appends to the audit trail. Safe for concurrent use, also by several gateways on one database.</summary>
public sealed class AuditLog(GatewayWriter writer, TimeProvider time)
{
    /// <summary>No two gateways append at the same time.</summary>
    private const string Trail = "audit";
    private const int LongestDetail = 4000;
    private const int LongestName = 253;

    /// <summary>Called after a line has become durable, on the writer's thread: it must not wait.</summary>
    public event EventHandler<AuditRecordedEventArgs>? Recorded;

    /// <summary>Writes a line before what it tells of is done: what cannot be recorded is not done.</summary>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    public Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        RecordAsync(entry, (_, _) => Task.FromResult(true), cancellationToken);

    /// <summary>Writes a line together with the change that it tells of: both are durable, or neither.</summary>
    /// <param name="entry">The line.</param>
    /// <param name="change">Says whether it changed anything; where it did not there is no line. It may run again, see <see cref="GatewayWriter"/>.</param>
    /// <param name="cancellationToken">Counts until it begins.</param>
    /// <returns>Whether there was a change.</returns>
    /// <exception cref="StorageUnavailableException">The database did not take it.</exception>
    public async Task<bool> RecordAsync(AuditEntry entry, Func<GatewayDbContext, CancellationToken, Task<bool>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(change);
        AuditRecord? line = null;
        var status = await writer.WriteAsync(
            async (database, ct) => line = await change(database, ct).ConfigureAwait(false) ? await AppendAsync(database, entry, Now(), ct).ConfigureAwait(false) : null,
            _ => Announce(line),
            cancellationToken,
            Trail).ConfigureAwait(false);
        if (status != WriteStatus.Committed)
        {
            throw new StorageUnavailableException();
        }

        return line is not null;
    }

    /// <summary>Whole milliseconds: what a database rounds must not break the chain.</summary>
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    private void Announce(AuditRecord? line)
    {
        if (line is not null)
        {
            Recorded?.Invoke(this, new AuditRecordedEventArgs(line));
        }
    }

    private static async Task<AuditRecord> AppendAsync(GatewayDbContext database, AuditEntry entry, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var head = await database.Set<AuditHead>().AsTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        var line = new AuditRecord
        {
            Sequence = (head?.Sequence ?? 0) + 1,
            At = at,
            Actor = Clean(entry.Actor, LongestName)!,
            Role = Clean(entry.Role, 32),
            Source = Clean(entry.Source, 45),
            Action = Clean(entry.Action, 64)!,
            Target = Clean(entry.Target, LongestName),
            Outcome = Clean(entry.Outcome, 16)!,
            Detail = Clean(entry.Detail, LongestDetail),
            PreviousHash = head?.Hash ?? AuditChain.Beginning,
            Hash = [],
        };
        line = line with { Hash = AuditChain.Hash(line) };
        database.Add(line);
        if (head is null)
        {
            database.Add(new AuditHead { Id = 1, Sequence = line.Sequence, Hash = line.Hash });
        }
        else
        {
            (head.Sequence, head.Hash) = (line.Sequence, line.Hash);
        }

        return line;
    }

    /// <summary>As the column takes it, and on one line: PostgreSQL keeps no NUL, and half of a surrogate pair would come back as another text.</summary>
    internal static string? Clean(string? text, int longest)
    {
        if (text is null)
        {
            return null;
        }

        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            // A rune is a whole character: a pair that does not fit at the end is left out as a whole, and a half one has become U+FFFD.
            var written = Rune.IsControl(rune) ? new Rune(' ') : rune;
            if (clean.Length + written.Utf16SequenceLength > longest)
            {
                break;
            }

            clean.Append(written.ToString());
        }

        return clean.ToString();
    }
}
