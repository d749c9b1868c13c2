using System.Collections.Concurrent;
using System.Net;
using System.Text;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Radius.Tests.Harness;

/// <summary>Our server, which verifies every request, keeps it, and answers as a test says.</summary>
internal sealed class CapturingServer : IAsyncDisposable
{
    public const string Secret = "a secret of the capturing server";

    private readonly ConcurrentQueue<RadiusPacket> _requests = [];
    private readonly RadiusServer _server;

    private CapturingServer(Func<RadiusRequestContext, RadiusPacket?> answer, bool requiresMessageAuthenticator)
    {
        var nas = new NasEntry(IPNetwork.Parse("127.0.0.0/8"), Encoding.UTF8.GetBytes(Secret), "tests", requiresMessageAuthenticator);
        _server = new RadiusServer(new RadiusListenerSettings { Listen = new IPEndPoint(IPAddress.Loopback, 0), Nas = [nas] }, (context, _) =>
        {
            _requests.Enqueue(context.Request);
            return ValueTask.FromResult(answer(context));
        }, TimeProvider.System);
    }

    public IPEndPoint EndPoint => _server.EndPoint;

    public RadiusServerCounters Counters => _server.Counters;

    /// <summary>The requests that were believed, in order.</summary>
    public IReadOnlyList<RadiusPacket> Requests => [.. _requests];

    /// <summary>The same as octets.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Octets => [.. _requests.Select(Encode)];

    /// <summary>A server that answers each request with the kindest code there is for it.</summary>
    public static CapturingServer Start() => Start(context => context.CreateReply(Kindest(context.Request.Code)));

    public static CapturingServer Start(Func<RadiusRequestContext, RadiusPacket?> answer, bool requiresMessageAuthenticator = true)
    {
        var server = new CapturingServer(answer, requiresMessageAuthenticator);
        server._server.Start();
        return server;
    }

    public static RadiusCode Kindest(RadiusCode request) => request switch
    {
        RadiusCode.AccountingRequest => RadiusCode.AccountingResponse,
        RadiusCode.CoaRequest => RadiusCode.CoaAck,
        RadiusCode.DisconnectRequest => RadiusCode.DisconnectAck,
        _ => RadiusCode.AccessAccept,
    };

    public Task<HarnessRun> SendAsync(string verb, params string[] arguments) => HarnessRun.RunAsync(["send", verb, "--server", EndPoint.ToString(), .. arguments], Secret);

    public Task<HarnessRun> SendInputAsync(string verb, string input, params string[] arguments) =>
        HarnessRun.RunAsync(["send", verb, "--server", EndPoint.ToString(), "--file", "-", .. arguments], Secret, input);

    /// <summary>The attributes of a request as they are printed.</summary>
    public static IReadOnlyList<string> Lines(RadiusPacket request) => [.. PacketPrinter.Lines(request.Attributes, AttributeDictionary.Default)];

    /// <summary>Begins a reply with attributes as text.</summary>
    public static RadiusPacket Reply(RadiusRequestContext context, RadiusCode code, params string[] attributes)
    {
        var reply = context.CreateReply(code);
        foreach (var text in attributes)
        {
            Xunit.Assert.True(AttributeAssignment.TryParse(text, AttributeDictionary.Default, out var attribute, out var error), error);
            attribute.AddTo(reply.Attributes, context.Nas.Secret.Span, context.Request.Authenticator);
        }

        return reply;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static ReadOnlyMemory<byte> Encode(RadiusPacket packet)
    {
        var octets = new byte[packet.EncodedLength];
        packet.WriteTo(octets);
        return octets;
    }
}
