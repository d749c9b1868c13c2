using System.Net;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Tests;

/// <summary>Sessions to open, different where a test says so.</summary>
internal static class Openings
{
    public static SessionOpening Of(string user = "alice", string client = "192.0.2.7", TimeSpan? sessionTimeout = null, TimeSpan? idleTimeout = null) => new()
    {
        AcctSessionId = Guid.NewGuid().ToString("N"),
        UserName = user,
        ClientAddress = IPAddress.Parse(client),
        Limits = new SessionLimits { SessionTimeout = sessionTimeout, IdleTimeout = idleTimeout },
        ServerName = "main",
        Classes = [new byte[] { 1, 2, 3 }, new byte[] { 4 }],
    };

    public static async Task<ActiveSession> OpenAsync(this Gateways gateway, SessionOpening opening)
    {
        var outcome = await gateway.Sessions.OpenAsync(opening, Xunit.TestContext.Current.CancellationToken);
        return Xunit.Assert.IsType<OpenOutcome.Opened>(outcome).Session;
    }
}
