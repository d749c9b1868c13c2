using System.Net;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Authentication;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Insight.Simulation;

/// <summary>What is the case at the gateway now, which a sign-in would meet: who is online, who has to wait. Reads only.</summary>
internal sealed class SimulatedPlace(SessionManager sessions, LoginThrottle throttle, IDbContextFactory<GatewayDbContext> contexts)
{
    /// <summary>Whether one more device may begin, as opening its session decides.</summary>
    public async Task<(SessionAdmission Admission, DeviceRule Devices)> AdmitAsync(SessionOpening opening, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var database = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (database.ConfigureAwait(false))
        {
            return await sessions.AdmitAsync(database, opening, at, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Until when a try would have to wait.</summary>
    public async Task<DateTimeOffset?> HeldUntilAsync(string userName, IPAddress client, CancellationToken cancellationToken)
    {
        await throttle.RecallAsync(userName, client, cancellationToken).ConfigureAwait(false);
        return throttle.Forbidden(userName, client);
    }
}
