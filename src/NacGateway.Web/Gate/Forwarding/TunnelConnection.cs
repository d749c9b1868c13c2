using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>
/// A connection of the gate as HTTP sees it, so that a tunnel on it can end as a tunnel should. Kestrel takes the end of a client's
/// octets for the end of the connection, and ends what spoke no HTTP with a reset, which destroys what is still on its way.
/// </summary>
internal sealed class TunnelConnection : ConnectionContext
{
    private static readonly TimeSpan LastOctets = TimeSpan.FromSeconds(10);
    private readonly ConnectionContext _inner;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closed = new();
    private volatile bool _tunnel;
    private volatile bool _drains;

    private TunnelConnection(ConnectionContext inner, TimeProvider time)
    {
        _inner = inner;
        _time = time;
        ConnectionClosed = _closed.Token;
    }

    public override string ConnectionId { get => _inner.ConnectionId; set => _inner.ConnectionId = value; }

    public override IFeatureCollection Features => _inner.Features;

    public override IDictionary<object, object?> Items { get => _inner.Items; set => _inner.Items = value; }

    public override IDuplexPipe Transport { get => _inner.Transport; set => _inner.Transport = value; }

    public override EndPoint? LocalEndPoint { get => _inner.LocalEndPoint; set => _inner.LocalEndPoint = value; }

    public override EndPoint? RemoteEndPoint { get => _inner.RemoteEndPoint; set => _inner.RemoteEndPoint = value; }

    /// <summary>The step in the listener, before HTTP.</summary>
    public static ConnectionDelegate Serve(ConnectionDelegate next, TimeProvider time) => connection => ServeAsync(next, connection, time);

    /// <summary>From here on the tunnel looks after both directions itself.</summary>
    public void Enter() => _tunnel = true;

    /// <summary>The tunnel has ended in order: what waits for the client is sent before the connection closes.</summary>
    public void Drain() => _drains = true;

    public override void Abort(ConnectionAbortedException abortReason)
    {
        if (!_drains)
        {
            _inner.Abort(abortReason);
        }
    }

    public override void Abort() => Abort(new ConnectionAbortedException());

    private static async Task ServeAsync(ConnectionDelegate next, ConnectionContext inner, TimeProvider time)
    {
        var connection = new TunnelConnection(inner, time);
        inner.Features.Set(connection);
        using (connection._closed)
        {
            await using (inner.ConnectionClosed.UnsafeRegister(static state => ((TunnelConnection)state!).Closed(), connection))
            {
                await next(connection);
            }
        }

        if (connection._drains)
        {
            await connection.DrainAsync();
        }
    }

    /// <summary>The transport sends what is left when it is disposed of, however long the client takes to read it; so that is limited.</summary>
    private async Task DrainAsync()
    {
        using var limit = new CancellationTokenSource(LastOctets, _time);
        await using (limit.Token.UnsafeRegister(static state => ((ConnectionContext)state!).Abort(new ConnectionAbortedException("The client of a tunnel does not read its end.")), _inner))
        {
            await _inner.DisposeAsync();
        }
    }

    private void Closed()
    {
        if (!_tunnel)
        {
            _closed.Cancel();
        }
    }
}
