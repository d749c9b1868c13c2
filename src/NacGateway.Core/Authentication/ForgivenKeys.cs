using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Authentication;

/// <summary>
/// What is known of a throttle's keys at all gateways on one database: the failures that were written last, and when a key was forgiven. Each
/// gateway counts in its own memory, so that a mark stays for the others when the count goes.
/// </summary>
internal sealed class ForgivenKeys(IDbContextFactory<GatewayDbContext> contexts)
{
    /// <summary>Whether a row is such a mark, and no count.</summary>
    public static bool IsMark(ThrottleEntry entry) => char.IsAsciiLetterUpper(entry.Key[0]);

    /// <summary>Removes the count of a key and leaves the mark, which is forgotten when no count can be older than it.</summary>
    public static async Task WriteAsync(GatewayDbContext database, string key, DateTimeOffset now, ThrottleOptions options, CancellationToken cancellationToken)
    {
        var mark = MarkOf(key);
        await database.Set<ThrottleEntry>().Where(entry => entry.Key == key || entry.Key == mark).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        database.Add(new ThrottleEntry { Key = mark, WindowEndsAt = now + options.Window + options.Delay, BlockedUntil = now });
    }

    /// <summary>The counts and marks of some keys, those that there are.</summary>
    public async Task<IReadOnlyList<KeyStanding>> ReadAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        string[] asked = [.. keys, .. keys.Select(MarkOf)];
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            var rows = await database.Set<ThrottleEntry>().AsNoTracking().Where(entry => EF.Parameter(asked).Contains(entry.Key)).ToDictionaryAsync(entry => entry.Key, StringComparer.Ordinal, cancellationToken).ConfigureAwait(false);
            return [.. keys.Select(key => new KeyStanding(key, rows.GetValueOrDefault(key), rows.GetValueOrDefault(MarkOf(key))?.BlockedUntil))];
        }
    }

    /// <summary>The mark stands in the same table, under the key with its first letter in upper case.</summary>
    private static string MarkOf(string key) => char.ToUpperInvariant(key[0]) + key[1..];
}
