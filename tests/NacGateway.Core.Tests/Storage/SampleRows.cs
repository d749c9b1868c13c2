using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Tests.Storage;

/// <summary>
/// Puts a row into every table that a database has, whatever its version: no model of today knows the tables of then. References between
/// rows are not looked at, for the schema alone is what is tried.
/// </summary>
internal static class SampleRows
{
    /// <summary>Fills the tables; returns for each the query of its columns of then, and what it gives.</summary>
    public static async Task<IReadOnlyList<(string Query, string Rows)>> FillAsync(GatewayDbContext database, CancellationToken cancellationToken)
    {
        var isServer = database.Database.ProviderName!.Contains("Npgsql", StringComparison.Ordinal);
        await database.Database.ExecuteSqlRawAsync(isServer ? "SET session_replication_role = replica" : "PRAGMA foreign_keys = OFF", cancellationToken);
        var columns = await ReadAsync(
            database,
            isServer
                ? "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%' AND is_generated = 'NEVER' ORDER BY 1, ordinal_position"
                : "SELECT t.name, c.name, c.type FROM sqlite_schema t, pragma_table_xinfo(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\' AND t.name NOT LIKE 'sqlite%' AND c.hidden = 0 ORDER BY t.name, c.cid",
            cancellationToken);

        List<(string, string)> filled = [];
        foreach (var table in columns.Split('\n').Select(line => line.Split('|')).GroupBy(parts => parts[0], StringComparer.Ordinal))
        {
            var names = string.Join(", ", table.Select(parts => $"\"{parts[1]}\""));
            var values = string.Join(", ", table.Select(parts => Value(parts[2])));
            await database.Database.ExecuteSqlRawAsync($"INSERT INTO \"{table.Key}\" ({names}) VALUES ({values})".Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), cancellationToken);
            var query = $"SELECT {names} FROM \"{table.Key}\"";
            filled.Add((query, await ReadAsync(database, query, cancellationToken)));
        }

        return filled;
    }

    /// <summary>All rows as text.</summary>
    public static async Task<string> ReadAsync(GatewayDbContext database, string query, CancellationToken cancellationToken)
    {
        await using var command = database.Database.GetDbConnection().CreateCommand();
        command.CommandText = query;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<string> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(index => Text(reader.GetValue(index)))));
        }

        return string.Join('\n', rows);
    }

    private static string Text(object value) => value is byte[] octets ? Convert.ToHexString(octets) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string Value(string type) => type.ToUpperInvariant() switch
    {
        "INTEGER" or "BIGINT" or "SMALLINT" or "REAL" or "NUMERIC" or "DOUBLE PRECISION" => "7",
        "BOOLEAN" => "true",
        "BLOB" => "X'0102'",
        "BYTEA" => "'\\x0102'",
        "UUID" => "'0199a0b1-0000-7000-8000-000000000007'",
        "TIMESTAMP WITH TIME ZONE" => "'2026-03-02T08:00:00Z'",
        "INTERVAL" => "'7 seconds'",
        "INET" => "'192.0.2.7'",
        "JSON" or "JSONB" => "'{}'",
        _ => "'kept'",
    };
}
