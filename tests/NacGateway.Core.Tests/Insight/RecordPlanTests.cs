using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Accounting;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Insight;

/// <summary>What the desk asks most is answered by an index, however much there is; its searches by parts of names are proved beside them.</summary>
public sealed class RecordPlanTests(PostgreSqlServer postgres)
{
    private const int Rows = 4000;

    private static readonly DateTimeOffset s_begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task Sessions_and_decisions_are_found_by_an_index(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        await SeedAsync(gateway);
        var at = s_begin.AddMinutes(Rows / 2);
        var since = at.AddHours(-1);

        await gateway.ReadAsync(async database =>
        {
            await QueryPlans.AnalyzeAsync(database, Token);
            var sessions = database.Set<Session>().AsNoTracking();
            var decisions = database.Set<PolicyDecision>().AsNoTracking();
            (string Question, IQueryable<object> Query)[] questions =
            [
                ("the last sessions of a user", sessions.Where(row => row.UserKey == "USER7").OrderByDescending(row => row.StartedAt).Take(50)),
                ("who had an address at an instant", sessions.Where(row => row.ClientAddress == "10.0.0.7" && row.StartedAt <= at && (row.EndedAt == null || row.EndedAt > at)).OrderByDescending(row => row.StartedAt).Take(2)),
                ("the history of a device", sessions.Where(row => row.CallingStationId == "02-00-00-00-00-07").OrderByDescending(row => row.StartedAt).Take(50)),
                ("what ended before an instant", sessions.Where(row => row.EndedAt < s_begin.AddMinutes(9)).OrderBy(row => row.EndedAt).Take(SessionRetention.Together)),
                ("the open session of a user", sessions.Where(row => row.UserKey == "USER7" && row.EndedAt == null)),
                ("a session", sessions.Where(row => row.AcctSessionId == "session7")),
                ("who was accepted at an address lately", sessions.Where(row => row.StartedAt >= since && row.ClientAddress == "10.0.0.7" && (row.UserKey == "USER7" || row.TypedName != null)).OrderByDescending(row => row.StartedAt).Take(50)),
                ("decisions about a user", decisions.Where(row => row.UserKey == "USER7").OrderByDescending(row => row.At).Take(50)),
                ("decisions about an address, lately", decisions.Where(row => row.ClientAddress == "10.0.0.7" && row.At >= since && row.At <= at).OrderByDescending(row => row.At).Take(50)),
                ("decisions of a session", decisions.Where(row => row.AcctSessionId == "session7").OrderByDescending(row => row.Id).Take(50)),
                ("the last decisions", decisions.OrderByDescending(row => row.At).Take(50)),
                ("the points of a plot", database.Set<SessionTraffic>().Where(point => point.AcctSessionId == "session7").OrderBy(point => point.Id)),
                ("deliveries of a session", database.Set<AccountingDelivery>().Where(delivery => delivery.AcctSessionId == "session7").OrderByDescending(delivery => delivery.Id).Take(50)),
                ("records of a session that wait", database.Set<AccountingRecord>().Where(record => record.AcctSessionId == "session7").OrderBy(record => record.Id)),
            ];
            foreach (var (question, query) in questions)
            {
                var plan = await QueryPlans.ExplainAsync(database, query, Token);
                Assert.False(IsScan(plan), $"{question}: {plan}");
            }

            Assert.True(IsScan(await QueryPlans.ExplainAsync(database, decisions.Where(row => row.Words == "x"), Token)));
            return true;
        });
    }

    private static bool IsScan(string plan) =>
        plan.Contains("Seq Scan", StringComparison.Ordinal) || plan.Split('\n').Any(line => line.StartsWith("SCAN ", StringComparison.Ordinal) && !line.Contains("USING", StringComparison.Ordinal));

    private static async Task SeedAsync(Gateways gateway) => Assert.Equal(WriteStatus.Committed, await gateway.Writer.WriteAsync(
        (database, _) =>
        {
            for (var n = 0; n < Rows; n++)
            {
                var (id, user, address, at) = ($"session{n}", $"USER{n % 997}", $"10.0.{n % 7}.{n % 251}", s_begin.AddMinutes(n));
                var row = SeededSessions.Row(user, address, at, mac: $"02-00-00-00-{n % 13:X2}-{n % 199:X2}", lasted: TimeSpan.FromMinutes(30));
                database.Append(row);
                database.Append(new PolicyDecision { At = at, AcctSessionId = id, UserName = user, UserKey = user, ClientAddress = address, IsGranted = true, Words = new string('w', 300), Outcome = "SignedIn", Exchange = new byte[300] });
                for (var point = 0; point < 4; point++)
                {
                    database.Append(new SessionTraffic { AcctSessionId = id, At = at });
                }

                database.Append(new AccountingDelivery { AcctSessionId = id, Status = AcctStatusType.Start, EventAt = at, DeliveredAt = at });
                database.Append(new AccountingRecord { Owner = "other", AcctSessionId = id, Status = AcctStatusType.Start, EventAt = at, Attributes = new byte[100] });
            }

            return Task.CompletedTask;
        },
        Token));
}
