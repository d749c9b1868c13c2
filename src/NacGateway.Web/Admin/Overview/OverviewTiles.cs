using NacGateway.Core.Insight;
using NacGateway.Radius.Client;
using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.Overview;

/// <summary>The figures on top of the page.</summary>
internal static class OverviewTiles
{
    /// <summary>A moment that is older is not now.</summary>
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(20);

    public static IReadOnlyList<OverviewTile> Of(OverviewFacts facts, OverviewRange range, ActivityMoment? moment, int sessions, int? yesterday, ActivityCounts done)
    {
        var now = Now(moment, facts.At);
        return [Sessions(sessions, yesterday), SignIns(range, done), Latency(facts.Servers), Traffic(now), Gate(now), Outbox(facts)];
    }

    /// <summary>The moment, if it is one of now.</summary>
    public static ActivityMoment? Now(ActivityMoment? moment, DateTimeOffset at) => moment is not null && at - moment.At <= s_fresh ? moment : null;

    private static OverviewTile Sessions(int sessions, int? yesterday)
    {
        var note = yesterday is not { } then ? "Nothing to compare with yet"
            : sessions == then ? "As many as at this time yesterday"
            : $"{(sessions > then ? "+" : "−")}{DeskFormat.Count(Math.Abs(sessions - then))} vs. same time yesterday";
        return new OverviewTile("active", "Active sessions", DeskFormat.Count(sessions), note, Href: "/sessions");
    }

    private static OverviewTile SignIns(OverviewRange range, ActivityCounts done)
    {
        var all = done.Accepted + done.Refused + done.Unanswered + done.NotTried;
        return new OverviewTile("sign-ins", $"Sign-ins, {range.Words}", DeskFormat.Count(all), all == 0 ? "None" : $"{DeskFormat.Percent((double)done.Accepted / all)} accepted", Href: "/decisions");
    }

    private static OverviewTile Latency(IReadOnlyList<ServerHealth> servers)
    {
        var measured = servers.Where(server => server.Latency.Count > 0 && server.State != ServerState.Dead).ToList();
        var note = servers.Count == 0 ? "No server is configured"
            : string.Join(", ", servers.Take(3).Select(server => $"{server.Name} {(server.State == ServerState.Dead ? "no answer" : server.Latency.Count == 0 ? "not asked yet" : DeskFormat.Latency(server.Latency.P95))}"))
                + (servers.Count > 3 ? $", and {servers.Count - 3} more" : "");
        var look = servers.Count > 0 && servers.All(server => server.State == ServerState.Dead) ? Look.Bad : servers.Any(server => server.State is ServerState.Dead or ServerState.Suspect) ? Look.Warn : Look.Plain;
        return new OverviewTile("latency", "RADIUS reply, p95", measured.Count == 0 ? null : DeskFormat.Latency(measured.Max(server => server.Latency.P95)), note, look, "/radius");
    }

    private static OverviewTile Traffic(ActivityMoment? now)
    {
        const string Label = "Traffic now";
        return now is null
            ? new OverviewTile("traffic", Label, null, "Not measured yet")
            : new OverviewTile("traffic", Label, DeskFormat.Rate((now.InputRate + now.OutputRate) * 8), $"{DeskFormat.Rate(now.OutputRate * 8)} down, {DeskFormat.Rate(now.InputRate * 8)} up");
    }

    private static OverviewTile Gate(ActivityMoment? now)
    {
        const string Label = "Gate answers now";
        if (now is null)
        {
            return new OverviewTile("gate", Label, null, "Not measured yet");
        }

        var forwarded = now.Span > TimeSpan.Zero ? now.Counts.Forwarded / now.Span.TotalSeconds : 0;
        return new OverviewTile("gate", Label, PerSecond(now.InterceptRate), $"{PerSecond(forwarded)} forwarded");
    }

    private static OverviewTile Outbox(OverviewFacts facts)
    {
        const string Label = "Accounting outbox";
        return !facts.IsAccountingOn ? new OverviewTile("outbox", Label, null, "Accounting is switched off")
            : facts.Waiting == 0 ? new OverviewTile("outbox", Label, "0", "All acknowledged")
            : new OverviewTile("outbox", Label, DeskFormat.Count(facts.Waiting), facts.OldestAt is { } oldest ? $"Oldest {DeskFormat.Duration(facts.At - oldest)}" : "Waiting", facts.Silence is null ? Look.Plain : Look.Bad);
    }

    private static string PerSecond(double rate) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{rate:0.#}/s");
}
