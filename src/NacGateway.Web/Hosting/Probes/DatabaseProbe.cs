using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Storage;
using NacGateway.Web.Admin;

namespace NacGateway.Web.Hosting.Probes;

/// <summary>Whether the database answers a query; without it nobody can be signed in, though open sessions go on.</summary>
internal sealed class DatabaseProbe(IDbContextFactory<GatewayDbContext> contexts) : IReadinessProbe
{
    public async Task<ReadinessCheck> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var database = await contexts.CreateDbContextAsync(cancellationToken);
            var pending = await database.Database.GetPendingMigrationsAsync(cancellationToken);
            return pending.Any() ? No("its schema is not this version's; run migrate") : new ReadinessCheck("database", IsReady: true, "answers");
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or TimeoutException or IOException)
        {
            // The reason may name the host or the file; the log has it, whoever asks for health need not.
            return No("does not answer; see the log, and Storage:ConnectionString");
        }
    }

    private static ReadinessCheck No(string detail) => new("database", IsReady: false, detail);
}
