using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Audit;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Administration;

/// <summary>Accounts, sign-ins and keys are made together with their line of the audit trail: where one is there, a line was.</summary>
internal sealed class AccessWitness(IDbContextFactory<GatewayDbContext> contexts) : IAuditWitness
{
    public async Task<string?> TestifyAsync(CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            (string Name, int Count)[] all =
            [
                ("accounts of administrators", await database.Set<Administrator>().CountAsync(cancellationToken).ConfigureAwait(false)),
                ("API keys", await database.Set<ApiKey>().CountAsync(cancellationToken).ConfigureAwait(false)),
                ("sign-ins of administrators", await database.Set<AdminSession>().CountAsync(cancellationToken).ConfigureAwait(false)),
            ];
            return all.Where(kind => kind.Count > 0).Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Count} {kind.Name}")).FirstOrDefault();
        }
    }
}
