using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Core.Administration;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Live;
using Xunit;

namespace NacGateway.Web.Tests.Desk.Live;

/// <summary>A stream goes on only while its reader may see it, and never keeps the gateway from stopping.</summary>
public sealed class EventStreamsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Lifetime _lifetime = new();
    private readonly Visitor _visitor = new();
    private readonly StreamSlots _slots = new(Options.Create(new LiveOptions { StreamsPerUser = 2, Streams = 3 }));
    private readonly Channel<ReadOnlyMemory<byte>> _source = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private readonly WrittenStream _written = new();
    private readonly EventStreams _streams;

    public EventStreamsTests() => _streams = new EventStreams(_slots, _visitor, _lifetime, _time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _lifetime.Dispose();
        _written.Dispose();
    }

    [Fact]
    public async Task What_the_source_yields_is_sent_as_it_comes()
    {
        var running = RunAsync();
        await SendAsync("event: a\ndata: 1\n\n");
        await _written.UntilAsync("data: 1", Cancellation);
        await SendAsync("event: a\ndata: 2\n\n");
        await _written.UntilAsync("data: 2", Cancellation);
        _source.Writer.Complete();

        Assert.True(await running);
    }

    [Fact]
    public async Task While_nothing_happens_it_says_that_it_is_there()
    {
        var running = RunAsync();
        await _written.UntilAsync("retry:", Cancellation);

        await AdvanceUntilAsync(":\n\n");

        _source.Writer.Complete();
        await running;
    }

    [Fact]
    public async Task The_end_of_the_sign_in_ends_it_with_a_notice()
    {
        var running = RunAsync();
        await _written.UntilAsync("retry:", Cancellation);
        _visitor.Now = null;

        await AdvanceUntilAsync("\"kind\":\"signed-out\"");

        Assert.True(await running);
    }

    [Fact]
    public async Task A_role_that_may_not_see_it_ends_it_even_while_much_happens()
    {
        var running = RunAsync();
        await SendAsync("event: a\ndata: 1\n\n");
        await _written.UntilAsync("data: 1", Cancellation);
        _visitor.Now = _visitor.Now! with { Role = DeskRole.FrontDesk };
        _time.Advance(EventStreams.Recheck);
        await SendAsync("event: a\ndata: secret\n\n");

        Assert.True(await running);
        Assert.Contains("Your role has changed", _written.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", _written.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_checks_are_no_sign_of_somebody_who_is_there()
    {
        var running = RunAsync();
        await _written.UntilAsync("retry:", Cancellation);
        await AdvanceUntilAsync(":\n\n");
        _source.Writer.Complete();
        await running;

        Assert.NotEmpty(_visitor.Asked);
        Assert.All(_visitor.Asked, headers => Assert.Contains(headers, name => name == "X-Unattended"));
    }

    [Fact]
    public async Task The_stop_of_the_gateway_ends_it_at_once()
    {
        var running = RunAsync();
        await _written.UntilAsync("retry:", Cancellation);

        _lifetime.StopApplication();

        Assert.True(await running.WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
    }

    [Fact]
    public async Task Nobody_has_more_streams_than_his_share_and_each_that_ends_is_given_back()
    {
        var first = RunAsync();
        var second = RunAsync();
        await _written.UntilAsync("retry:", Cancellation);

        Assert.False(await RunAsync());
        Assert.True(_slots.TryTake("somebody else"));
        Assert.False(_slots.TryTake("a fourth"));
        _source.Writer.Complete();
        await Task.WhenAll(first, second);
        Assert.True(_slots.TryTake("ada"));
        Assert.True(_slots.TryTake("ada"));
    }

    private ValueTask SendAsync(string text) => _source.Writer.WriteAsync(Encoding.UTF8.GetBytes(text), Cancellation);

    /// <summary>Moves the clock until something is written, whenever the stream has come round to look at it.</summary>
    private async Task AdvanceUntilAsync(string text)
    {
        var written = _written.UntilAsync(text, Cancellation);
        while (!written.IsCompleted)
        {
            _time.Advance(EventStreams.Beat);
            await Task.Yield();
        }

        await written;
    }

    private Task<bool> RunAsync()
    {
        var context = new DefaultHttpContext { Response = { Body = _written } };
        context.Features.Set(_visitor.Now!);
        return _streams.TryRunAsync(context, DeskRight.Read, Source).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> Source([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var part in _source.Reader.ReadAllAsync(cancellationToken))
        {
            yield return part;
        }
    }

    private sealed class Visitor : IDeskAuthentication
    {
        public DeskUser? Now { get; set; } = new() { Name = "ada", Role = DeskRole.Viewer, Source = IPAddress.Loopback };

        public List<IReadOnlyCollection<string>> Asked { get; } = [];

        public Task<DeskUser?> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken)
        {
            Asked.Add([.. context.Request.Headers.Keys]);
            return Task.FromResult(Now);
        }
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
