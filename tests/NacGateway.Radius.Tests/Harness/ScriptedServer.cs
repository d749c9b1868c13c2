using System.Collections.Concurrent;
using System.Net;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Radius.Tests.Harness;

/// <summary>A server of this process that answers as a test says, authentication and accounting on one port, and keeps what it was asked.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    public const string Secret = "a secret of the scripted server";

    private readonly RadiusServer _server;
    private readonly ConcurrentQueue<RadiusRequestContext> _requests = [];

    private ScriptedServer(Func<RadiusRequestContext, RadiusPacket?> answer)
    {
        var nas = new NasEntry(new IPNetwork(IPAddress.Parse("127.0.0.0"), 8), System.Text.Encoding.UTF8.GetBytes(Secret), "tests", RequireMessageAuthenticator: true);
        _server = new RadiusServer(
            new RadiusListenerSettings { Listen = new IPEndPoint(IPAddress.Loopback, 0), Nas = [nas] },
            (context, _) =>
            {
                _requests.Enqueue(context);
                return ValueTask.FromResult(answer(context));
            },
            TimeProvider.System);
        _server.Start();
    }

    public IPEndPoint EndPoint => _server.EndPoint;

    public string Port => EndPoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What came, in order; retransmissions of what was answered are not in it.</summary>
    public IReadOnlyList<RadiusRequestContext> Requests => [.. _requests];

    public RadiusServerCounters Counters => _server.Counters;

    public static ScriptedServer Start(Func<RadiusRequestContext, RadiusPacket?>? answer = null) => new(answer ?? Good);

    /// <summary>Accepts everybody and acknowledges every record.</summary>
    public static RadiusPacket Good(RadiusRequestContext context) =>
        context.CreateReply(context.Request.Code == RadiusCode.AccountingRequest ? RadiusCode.AccountingResponse : RadiusCode.AccessAccept);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
