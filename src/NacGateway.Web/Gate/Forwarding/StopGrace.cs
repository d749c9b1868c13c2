using Microsoft.AspNetCore.Connections;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>
/// How long what the gate carries goes on once the process is told to stop. A tunnel or a long transfer has no end to wait for, and the
/// server would wait for it until no time were left to record the sessions.
/// </summary>
internal sealed class StopGrace : IDisposable
{
    /// <summary>Enough for a page that is under way; the rest of the host's time is for sign-ins and for what is recorded after it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenRegistration _stopping;

    public StopGrace(IHostApplicationLifetime lifetime) =>
        _stopping = lifetime.ApplicationStopping.UnsafeRegister(static over => ((CancellationTokenSource)over!).CancelAfter(Grace), _over);

    /// <summary>
    /// The step in the gate's listener by which its connections are cut then: once for a connection, where once for each request would cost
    /// every one of them.
    /// </summary>
    public ConnectionDelegate Serve(ConnectionDelegate next) => async connection =>
    {
        await using (Over.UnsafeRegister(static cut => ((ConnectionContext)cut!).Abort(new ConnectionAbortedException("The gateway stops.")), connection))
        {
            await next(connection);
        }
    };

    /// <summary>Cancelled when tunnels, upgraded connections and transfers are to be cut.</summary>
    public CancellationToken Over => _over.Token;

    public void Dispose()
    {
        _stopping.Dispose();
        _over.Dispose();
    }
}
