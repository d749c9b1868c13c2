using NacGateway.Core.Insight.Search;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk.Live;

namespace NacGateway.Web.Admin.Sessions.Listing;

/// <summary>What a cell says: the page writes it, and the live feed changes it by the same words.</summary>
internal static class SessionCells
{
    /// <summary>The text of a cell; null for one that shows an instant or a state instead.</summary>
    public static string? Text(SessionColumn column, SessionRow row, DateTimeOffset now) => column.Name switch
    {
        "role" => row.Limits.Role ?? DeskFormat.Unknown,
        "ip" => row.ClientAddress,
        "mac" => row.CallingStationId?.Replace('-', ':').ToLowerInvariant() ?? DeskFormat.Unknown,
        "server" => row.ServerName,
        "rate" => DeskFormat.Rate(row.DownloadRate),
        "uprate" => DeskFormat.Rate(row.UploadRate),
        "down" => DeskFormat.Octets(row.OutputOctets),
        "up" => DeskFormat.Octets(row.InputOctets),
        "lasted" => DeskFormat.Duration(row.Lasted(now)),
        "cause" => CauseWords(row),
        "gateway" => row.Gateway,
        "id" => row.AcctSessionId,
        _ => null,
    };

    /// <summary>The instant of a cell; null for one without.</summary>
    public static DateTimeOffset? Instant(SessionColumn column, SessionRow row) => column.Name switch
    {
        "started" => row.StartedAt,
        "active" => row.ActiveAt,
        "ends" => row.EndedAt is null ? row.EndsAt : null,
        "ended" => row.EndedAt,
        _ => null,
    };

    /// <summary>The cells that may change while the session is open.</summary>
    public static IReadOnlyDictionary<string, LiveCell> Live(IReadOnlyList<SessionColumn> columns, SessionRow row, DateTimeOffset now)
    {
        var cells = new Dictionary<string, LiveCell>(columns.Count, StringComparer.Ordinal);
        foreach (var column in columns)
        {
            switch (column.Name)
            {
                case "state":
                    var state = DeskState.Of(row.State);
                    cells[column.Name] = new LiveCell { Text = state.Word, Look = state.Look.Name() ?? "", Title = state.Rule };
                    break;
                case "active" or "ends" or "ended" when Instant(column, row) is { } at:
                    // To the second: traffic that flows would else change it with each look.
                    cells[column.Name] = new LiveCell { Time = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond)) };
                    break;
                case "role" or "rate" or "uprate" or "down" or "up" or "lasted" or "cause":
                    cells[column.Name] = new LiveCell { Text = ForeignText.Visible(Text(column, row, now)) };
                    break;
                default:
                    break;
            }
        }

        return cells;
    }

    private static string CauseWords(SessionRow row) => row.Cause is { } cause ? SessionQueryWriter.CauseName(cause) : DeskFormat.Unknown;
}
