using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using Xunit;

namespace NacGateway.Radius.Tests.Client;

/// <summary>A server that answers by itself, in whatever way a test says, and may change its mind.</summary>
internal sealed class AutoResponder : IAsyncDisposable
{
    private readonly Responder _socket;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _run;
    private volatile Func<RadiusPacket, byte[]?> _answer;

    public AutoResponder(Func<RadiusPacket, byte[]?>? answer = null, IPEndPoint? at = null)
    {
        _socket = new Responder(at);
        _answer = answer ?? Accept;
        _run = RunAsync();
    }

    /// <summary>What it answers; null is silence.</summary>
    public Func<RadiusPacket, byte[]?> Answer
    {
        get => _answer;
        set => _answer = value;
    }

    public ConcurrentQueue<(RadiusPacket Request, IPEndPoint From)> Received { get; } = [];

    public IPEndPoint EndPoint => _socket.EndPoint;

    public RadiusServerSettings Settings(string name, int priority = 0) => _socket.Settings(name, priority);

    public static byte[]? Accept(RadiusPacket request) => Responder.Reply(request);

    public static byte[]? Silence(RadiusPacket request) => null;

    /// <summary>Waits for what another thread brings about, and fails after a while.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"in vain waited for: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _run;
        _socket.Dispose();
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var (request, from) = await _socket.ReceiveAsync(_end.Token);
                Received.Enqueue((request, from));
                if (_answer(request) is { } answer)
                {
                    await _socket.SendAsync(answer, from, _end.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
