using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using NacGateway.Core.Audit;
using NacGateway.Web.Desk.Export;

namespace NacGateway.Web.Desk.Trail;

/// <summary>Writes lines of the trail as a file, while they are read: any number in the same memory.</summary>
internal static class TrailExport
{
    private const int FlushAfter = 64 * 1024;
    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",\"\r\n\t'");

    /// <summary>RFC 4180, with a byte order mark, by which spreadsheets know UTF-8.</summary>
    public static async Task WriteCsvAsync(Stream target, IAsyncEnumerable<AuditRecord> lines, CancellationToken cancellationToken)
    {
        var text = new StringBuilder("\uFEFFsequence,at,actor,role,source,action,target,outcome,detail,hash\r\n");
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            text.Append(CultureInfo.InvariantCulture, $"{line.Sequence},{line.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}");
            foreach (var field in (ReadOnlySpan<string?>)[line.Actor, line.Role, line.Source, line.Action, line.Target, line.Outcome, line.Detail])
            {
                text.Append(',').Append(Field(field));
            }

            text.Append(',').Append(Convert.ToHexStringLower(line.Hash)).Append("\r\n");
            if (text.Length >= FlushAfter)
            {
                await target.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
                text.Clear();
            }
        }

        await target.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
    }

    /// <summary>One JSON array.</summary>
    public static async Task WriteJsonAsync(Stream target, IAsyncEnumerable<AuditRecord> lines, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(target, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartArray();
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", line.Sequence);
            json.WriteString("at", line.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("actor", line.Actor);
            json.WriteString("role", line.Role);
            json.WriteString("source", line.Source);
            json.WriteString("action", line.Action);
            json.WriteString("target", line.Target);
            json.WriteString("outcome", line.Outcome);
            json.WriteString("detail", line.Detail);
            json.WriteString("previousHash", Convert.ToHexStringLower(line.PreviousHash));
            json.WriteString("hash", Convert.ToHexStringLower(line.Hash));
            json.WriteEndObject();
            if (json.BytesPending >= FlushAfter)
            {
                await json.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
        await json.FlushAsync(cancellationToken);
    }

    /// <summary>
    /// A field, quoted where it must be. The texts come from whoever tried to sign in: none is one that a spreadsheet runs.
    /// </summary>
    internal static string Field(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var safe = CsvWriter.Disarm(text);
        return safe.AsSpan().IndexOfAny(s_quoted) >= 0 || safe[0] == ' ' || safe[^1] == ' ' ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
