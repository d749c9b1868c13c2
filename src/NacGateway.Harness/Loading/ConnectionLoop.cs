using System.Globalization;
using System.Security.Cryptography;
using NacGateway.Harness.Sending;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Loading;

/// <summary>The same load by RadSec, through the client that the gateway uses: one connection, many requests in flight. Nothing is sent again there, for TLS loses nothing.</summary>
internal sealed class ConnectionLoop : IAsyncDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(100);
    private readonly LoadSettings _settings;
    private readonly TimeProvider _time;
    private readonly RadiusClient _client;
    private readonly SemaphoreSlim _window;
    private readonly Lock _lock = new();
    private readonly LoadTally _second = new();
    private readonly LoadTally _total = new();
    private readonly string _run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    private string? _problem;
    private int _inFlight;

    public ConnectionLoop(LoadSettings settings, RadiusServerSettings server, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        _client = new RadiusClient(server, time);
        _window = new SemaphoreSlim(settings.Parallel);
    }

    /// <summary>As <see cref="LoadLoop.Run"/>.</summary>
    public async Task<LoadOutcome> RunAsync(Action<LoadSecond> onSecond, Action<LoadProgress> onProgress, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        var (second, sent, told) = (0, 0L, TimeSpan.Zero);
        var ended = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            var elapsed = _time.GetElapsedTime(start);
            if ((int)elapsed.TotalSeconds > second)
            {
                onSecond(Close(second, 1));
                second = (int)elapsed.TotalSeconds;
            }

            if (elapsed - told > s_between)
            {
                told = elapsed;
                onProgress(Progress(elapsed, sent));
            }

            while (!ended && sent < _settings.Plan.DueBy(elapsed) && await _window.WaitAsync(TimeSpan.Zero, CancellationToken.None))
            {
                _ = ExchangeAsync(_settings.Mix.Next(), sent++, cancellationToken);
            }

            ended |= elapsed >= _settings.Plan.Duration || sent >= _settings.Plan.Count;
            if ((ended && Volatile.Read(ref _inFlight) == 0) || IsDead())
            {
                break;
            }

            if (await _window.WaitAsync(s_pause, CancellationToken.None))
            {
                _window.Release();
                if (ended || sent >= _settings.Plan.DueBy(_time.GetElapsedTime(start)))
                {
                    await Task.Delay(s_pause, _time, CancellationToken.None);
                }
            }
        }

        var whole = _time.GetElapsedTime(start);
        onSecond(Close(second, whole.TotalSeconds - second));
        var held = _settings.Plan.Rates.Count == 0 ? 0 : Math.Max(0, _settings.Plan.DueBy(whole) - sent);
        return new LoadOutcome(_total, whole, Volatile.Read(ref _inFlight), held, cancellationToken.IsCancellationRequested, _problem);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _window.Dispose();
    }

    private LoadSecond Close(int second, double length)
    {
        lock (_lock)
        {
            var line = LoadSecond.Of(second + 1, length, _settings.Plan.RateAt(TimeSpan.FromSeconds(second)), _second);
            _total.Add(_second);
            _second.Clear();
            return line;
        }
    }

    private LoadProgress Progress(TimeSpan elapsed, long sent)
    {
        lock (_lock)
        {
            return new LoadProgress(elapsed, sent, _total.Answered + _second.Answered, _total.Lost + _second.Lost);
        }
    }

    private bool IsDead()
    {
        lock (_lock)
        {
            return _total.Answered + _second.Answered == 0 && _total.Lost + _second.Lost >= Math.Min(_settings.Parallel, _settings.Plan.Count);
        }
    }

    private async Task ExchangeAsync(LoadKind kind, long number, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _inFlight);
        lock (_lock)
        {
            _second.Sent++;
        }

        try
        {
            var user = _settings.Users[(int)(number % _settings.Users.Count)];
            var code = kind == LoadKind.Accounting ? RadiusCode.AccountingRequest : RadiusCode.AccessRequest;
            var result = await _client.ExchangeAsync(code, (request, server) => Fill(request, server, kind, number), _settings.Timeout, cancellationToken);
            var proved = kind != LoadKind.MsChapV2 || result.Reply is not { Code: RadiusCode.AccessAccept } accept || accept.VerifyMsChap2Success(result.Request!, user.Name, user.Password);
            lock (_lock)
            {
                Count(result, proved);
            }

            Interlocked.Decrement(ref _inFlight);
        }
        catch (OperationCanceledException)
        {
            // Ended from outside: nothing has come of it, and it stays counted as in flight.
        }
        finally
        {
            _window.Release();
        }
    }

    private void Count(ExchangeResult result, bool proved)
    {
        if (result.Reply is { } reply && proved)
        {
            _second.CountReply(reply.Code, result.Elapsed);
            return;
        }

        _second.Lost++;
        _second.Unbelieved += result.Reply is null ? 0 : 1;
        _second.Unreachable += result.Status == ExchangeStatus.Unreachable ? 1 : 0;
        _problem ??= TlsAsker.Options(result.Problem);
    }

    private void Fill(RadiusPacket request, RadiusServerSettings server, LoadKind kind, long number)
    {
        var user = _settings.Users[(int)(number % _settings.Users.Count)];
        foreach (var attribute in _settings.Attributes)
        {
            request.Attributes.Add(attribute.Type, attribute.Value.Span);
        }

        if (kind != LoadKind.Accounting)
        {
            var method = kind switch
            {
                LoadKind.Chap => AuthMethod.Chap,
                LoadKind.MsChapV2 => AuthMethod.MsChapV2,
                _ => AuthMethod.Pap,
            };
            new AuthRequest { Method = method, UserName = user.Name, Password = user.Password, Attributes = new GivenAttributes([]) }.Fill(request, server.Secret.ToArray());
            return;
        }

        // Odd and even numbers need not alternate here as other kinds stand between, so each record is an Interim-Update of a session of its own.
        const uint InterimUpdate = 3;
        AttributeValue.WriteInteger(request.Attributes.Reserve(RadiusAttributeType.AcctStatusType, sizeof(uint)), InterimUpdate);
        request.AcctSessionId = string.Create(CultureInfo.InvariantCulture, $"{_run}-{number:x8}");
        request.Attributes.Add(RadiusAttributeType.UserName, user.Name);
        request.EventTimestamp = _time.GetUtcNow();
        GivenAttributes.NameNas(request);
    }
}
