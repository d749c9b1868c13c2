using System.Text.Json;
using NacGateway.Core.Insight.Search;
using NacGateway.Web.Api.Frame;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Export;

namespace NacGateway.Web.Api.Sessions;

/// <summary>
/// Writes all sessions that match as a file, however many: some thousand rows are in memory at once, and whoever reads slowly is waited for
/// without a question to the database being open. An export that breaks off ends the connection, so that nobody takes half of it for the whole.
/// </summary>
internal sealed class SessionExport(SessionSearch search, DeskAudit audit, TimeProvider time)
{
    private static readonly string[] s_heads =
    [
        "id", "user", "typed name", "state", "role", "address", "mac", "server", "gateway", "started at", "ends at", "ended at", "cause", "last traffic at", "downloaded octets", "uploaded octets",
    ];

    /// <param name="context">The request, and who asks.</param>
    /// <param name="query">Which sessions.</param>
    /// <param name="format">"csv" or "json".</param>
    public async Task WriteAsync(HttpContext context, SessionQuery query, string format)
    {
        // First the record: what cannot be recorded is not given away.
        await audit.RecordAsync(context.DeskUser(), "sessions.export", $"as {format}", SearchWords(query));
        ExportFile.Begin(context, "sessions", format, format == "csv" ? CsvWriter.MediaType : "application/json", time.GetUtcNow());
        var stop = context.RequestAborted;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (format == "csv")
        {
            await WriteCsvAsync(context.Response.BodyWriter.AsStream(leaveOpen: true), query, stop);
        }
        else
        {
            await WriteJsonAsync(context.Response.BodyWriter.AsStream(leaveOpen: true), query, stop);
        }
    }

    private async Task WriteCsvAsync(Stream output, SessionQuery query, CancellationToken stop)
    {
        var csv = new CsvWriter(output);
        await s_heads.Aggregate(csv, (line, head) => line.Text(head)).EndAsync(stop);
        await foreach (var row in search.StreamAsync(query, stop))
        {
            csv.Text(row.AcctSessionId).Text(row.UserName).Text(row.TypedName).Text(row.State.ToString()).Text(row.Limits.Role).Text(row.ClientAddress).Text(row.CallingStationId)
                .Text(row.ServerName).Text(row.Gateway).Instant(row.StartedAt).Instant(row.EndsAt).Instant(row.EndedAt).Text(row.Cause is { } cause ? SessionQueryWriter.CauseName(cause) : null)
                .Instant(row.ActiveAt).Number(row.OutputOctets).Number(row.InputOctets);
            await csv.EndAsync(stop);
        }
    }

    /// <summary>One array, an item a line: a program reads it whole or line by line.</summary>
    private async Task WriteJsonAsync(Stream output, SessionQuery query, CancellationToken stop)
    {
        var separator = "[\n"u8.ToArray();
        var next = ",\n"u8.ToArray();
        var isFirst = true;
        await foreach (var row in search.StreamAsync(query, stop))
        {
            await output.WriteAsync(isFirst ? separator : next, stop);
            await output.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(SessionItem.Of(row), ApiJson.Options), stop);
            isFirst = false;
        }

        await output.WriteAsync(isFirst ? "[]\n"u8.ToArray() : "\n]\n"u8.ToArray(), stop);
    }

    private static string SearchWords(SessionQuery query)
    {
        var words = string.Join('&', SessionQueryWriter.ToUrl(query).Select(pair => $"{pair.Key}={pair.Value}"));
        return words.Length == 0 ? "all that are open" : words;
    }
}
