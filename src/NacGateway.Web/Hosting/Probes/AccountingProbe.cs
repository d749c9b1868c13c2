using System.Data.Common;
using System.Globalization;
using NacGateway.Core.Accounting;
using NacGateway.Web.Admin;

namespace NacGateway.Web.Hosting.Probes;

/// <summary>
/// How accounting does. People can sign in without it, for records wait in the database: so it is never "not ready", but degraded
/// while no server acknowledges or damaged records are set aside.
/// </summary>
internal sealed class AccountingProbe(AccountingHealth accounting, SetAsideRecords setAside, TimeProvider time) : IReadinessProbe
{
    private const int MostShown = 3;

    public async Task<ReadinessCheck> LookAsync(CancellationToken cancellationToken)
    {
        if (!accounting.IsEnabled)
        {
            return new ReadinessCheck("accounting", IsReady: true, "switched off by Accounting:Enabled");
        }

        try
        {
            var (waiting, oldestAt) = await accounting.CountAsync(cancellationToken);
            var (count, first) = await setAside.ListAsync(MostShown, cancellationToken);
            string[] parts = [Waiting(waiting, oldestAt), Silence(), Damaged(count, first)];
            return new ReadinessCheck("accounting", IsReady: true, string.Join("; ", parts.Where(part => part.Length > 0)), IsDegraded: accounting.Silence is not null || count > 0);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or TimeoutException or IOException)
        {
            return new ReadinessCheck("accounting", IsReady: true, "the database does not answer; what waits is not known", IsDegraded: true);
        }
    }

    private string Waiting(int waiting, DateTimeOffset? oldestAt) =>
        waiting == 0 ? "nothing waits"
        : string.Create(CultureInfo.InvariantCulture, $"{waiting} {(waiting == 1 ? "record waits" : "records wait")} to be acknowledged, the oldest for {Math.Max(0, (time.GetUtcNow() - (oldestAt ?? time.GetUtcNow())).TotalSeconds):0} s");

    private string Silence() => accounting.Silence is { } silence ? $"no server has acknowledged any since {silence.Since:u}: {silence.Problem}" : "";

    private static string Damaged(int count, IReadOnlyList<SetAsideRecord> first) =>
        count == 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{count} set aside as damaged: {string.Join(", ", first.Select(record => $"{record.Id} ({record.Status} of {record.AcctSessionId}: {record.Reason})"))}{(count > first.Count ? ", ..." : "")}; see nacgateway accounting list");
}
