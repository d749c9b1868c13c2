using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Storage;
using NacGateway.Web.Admin;

namespace NacGateway.Web.Hosting;

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseProbe(IDbContextFactory<GatewayDbContext> contexts) : IReadinessProbe
{
    public async Task<ReadinessCheck> LookAsync(CancellationToken cancellationToken)
    {
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        return await database.Database.CanConnectAsync(cancellationToken)
            ? new ReadinessCheck("database", IsReady: true, "answers")
            : new ReadinessCheck("database", IsReady: false, "does not answer; see Storage:ConnectionString");
    }
}
