using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace NacGateway.Core.Storage;

/// <summary>
/// Serialises what several gateways on one PostgreSQL may decide at once, such as how many devices a user has. SQLite has one writer
/// and needs none of it.
/// </summary>
internal static class WriteLocks
{
    private const string PostgreSql = "Npgsql.EntityFrameworkCore.PostgreSQL";

    /// <summary>Whether other gateways may use the same database.</summary>
    public static bool IsShared(GatewayDbContext database) => string.Equals(database.Database.ProviderName, PostgreSql, StringComparison.Ordinal);

    /// <summary>Takes the locks of all writes of a transaction at once and in one order for everybody, so that no two transactions can wait for each other.</summary>
    public static async Task TakeAsync(GatewayDbContext database, IEnumerable<PendingWrite> writes)
    {
        if (!IsShared(database))
        {
            return;
        }

        // Should this process vanish from the network, the server ends the transaction soon, and with it the locks.
        await database.Database.ExecuteSqlAsync($"SET LOCAL idle_in_transaction_session_timeout = '10s'").ConfigureAwait(false);
        long[] keys = [.. writes.SelectMany(write => write.Locks).Select(Key).Distinct().Order()];
        if (keys.Length > 0)
        {
            await database.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(key) FROM unnest({keys}) AS key").ConfigureAwait(false);
        }
    }

    /// <summary>Two names with the same key only wait for each other needlessly.</summary>
    public static long Key(string name) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
