using System.Globalization;
using NacGateway.Radius.Transport;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk.Live;
using NacGateway.Web.Desk.Radius;

namespace NacGateway.Web.Admin.Radius;

/// <summary>A server as a row of the page and of the feed: both write the same texts.</summary>
/// <param name="Id">Id of the row.</param>
/// <param name="Server">The server.</param>
/// <param name="LastHour">Highest 95th percentile of each minute of the last hour in milliseconds; empty for accounting.</param>
public sealed record ServerRow(string Id, DeskServer Server, IReadOnlyList<double?> LastHour)
{
    /// <summary>State.</summary>
    public DeskState State => ServerStates.Of(Server.Standing);

    /// <summary>Median time to the answer.</summary>
    public string P50 => Server.IsMeasured ? DeskFormat.Latency(Server.Health!.Latency.P50) : DeskFormat.Unknown;

    /// <summary>95th percentile of the same.</summary>
    public string P95 => Server.IsMeasured ? DeskFormat.Latency(Server.Health!.Latency.P95) : DeskFormat.Unknown;

    /// <summary>99th percentile of the same.</summary>
    public string P99 => Server.IsMeasured ? DeskFormat.Latency(Server.Health!.Latency.P99) : DeskFormat.Unknown;

    /// <summary>Requests.</summary>
    public string Requests => DeskFormat.Count(Server.Health?.Requests);

    /// <summary>Requests to which nothing came, and their share.</summary>
    public string Timeouts => Share(Server.Silent, Server.TimeoutShare);

    /// <summary>Access-Rejects, and their share of the answers.</summary>
    public string Rejects => Server.Role == ServerRole.Accounting ? DeskFormat.Unknown : Share(Server.Health?.Rejects, Server.RejectShare);

    /// <summary>Replies that were not believed, without those that only came late or twice.</summary>
    public string Unbelieved => DeskFormat.Count(Server.Health?.Drops.Where(drop => drop.Key is not (DropReason.UnknownIdentifier or DropReason.Late)).Sum(drop => drop.Value));

    /// <summary>How Status-Server goes.</summary>
    public string Probe => Server.Health is not { } health ? DeskFormat.Unknown
        : !health.UsesStatusServer ? "Off"
        : string.Create(CultureInfo.InvariantCulture, $"{health.StatusAnswers} of {health.StatusRequests} answered");

    /// <summary>What the small line shows, for who does not see it.</summary>
    public string LastHourWords => LastHour.Any(value => value is not null)
        ? string.Create(CultureInfo.InvariantCulture, $"Reply time of {ForeignText.Visible(Server.Name, 64)}, p95, last hour: {LastHour.Min():0} to {LastHour.Max():0} ms")
        : $"Reply time of {ForeignText.Visible(Server.Name, 64)}, last hour: not known";

    internal static string IdOf(DeskServer server) => string.Create(CultureInfo.InvariantCulture, $"{(server.Role == ServerRole.Accounting ? "acct" : "auth")}-{server.Name}");

    internal IReadOnlyDictionary<string, LiveCell> Cells() => new Dictionary<string, LiveCell>(StringComparer.Ordinal)
    {
        ["state"] = new LiveCell { Text = State.Word, Look = State.Look.Name() ?? "", Title = State.Rule ?? "" },
        ["p50"] = P50,
        ["p95"] = P95,
        ["p99"] = P99,
        ["requests"] = Requests,
        ["timeouts"] = Timeouts,
        ["rejects"] = Rejects,
        ["unbelieved"] = Unbelieved,
        ["probe"] = Probe,
    };

    private static string Share(long? count, double? share) => share is null ? DeskFormat.Count(count) : $"{DeskFormat.Count(count)} ({DeskFormat.Percent(share)})";
}
