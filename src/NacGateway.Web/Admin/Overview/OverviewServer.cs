using System.Globalization;
using NacGateway.Core.Insight;
using NacGateway.Radius.Client;
using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.Overview;

/// <summary>A RADIUS server as a row of the page.</summary>
public sealed record OverviewServer
{
    /// <summary>Name as configured.</summary>
    public required string Name { get; init; }

    /// <summary>Address and port.</summary>
    public required string EndPoint { get; init; }

    /// <summary>State.</summary>
    public required DeskState State { get; init; }

    /// <summary>95th percentile of the time to the answer.</summary>
    public required string Latency { get; init; }

    /// <summary>Requests a minute in the last minute that is known.</summary>
    public required string Pace { get; init; }

    /// <summary>Highest 95th percentile of each minute of the last hour, in milliseconds.</summary>
    public required IReadOnlyList<double?> LastHour { get; init; }

    /// <summary>Id of its row.</summary>
    public string Row => $"server-{Name}-{EndPoint}";

    /// <summary>What the small line shows, for who does not see it.</summary>
    public string LastHourWords => LastHour.Any(value => value is not null)
        ? string.Create(CultureInfo.InvariantCulture, $"Reply time of {ForeignText.Visible(Name, 64)}, last hour: {LastHour.Min():0} to {LastHour.Max():0} ms")
        : $"Reply time of {ForeignText.Visible(Name, 64)}, last hour: not known";

    internal static OverviewServer Of(ServerHealth health, IReadOnlyList<ServerBucket> lastHour) => new()
    {
        Name = health.Name,
        EndPoint = health.EndPoint.ToString(),
        State = Radius.ServerStates.Of(health),
        Latency = health.Latency.Count == 0 || health.State == ServerState.Dead ? DeskFormat.Unknown : DeskFormat.Latency(health.Latency.P95),
        Pace = lastHour.LastOrDefault(bucket => bucket.Minutes > 0) is { } last ? DeskFormat.Count(last.Requests / last.Minutes) : DeskFormat.Unknown,
        LastHour = [.. lastHour.Select(bucket => bucket.Minutes == 0 ? null : bucket.P95)],
    };
}
