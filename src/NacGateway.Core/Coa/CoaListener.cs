using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Core.Authentication;
using NacGateway.Radius.Server;

namespace NacGateway.Core.Coa;

/// <summary>
/// Takes Disconnect- and CoA-Requests by UDP (RFC 5176): from the clients of the settings, with their secrets, and from nobody else. It
/// opens once the sessions are known, and only where there are clients.
/// </summary>
public sealed partial class CoaListener : BackgroundService, IAsyncDisposable
{
    /// <summary>Requests handled at a time; further ones are dropped and sent again.</summary>
    private const int MostAtOnce = 256;

    /// <summary>Bounds the memory of answers whatever the settings; an effect is remembered by the database beyond it.</summary>
    private const int MostKept = 200_000;

    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pruning = TimeSpan.FromMinutes(1);

    private readonly CoaOptions _options;
    private readonly CoaHandler _handler;
    private readonly CoaLedger _ledger;
    private readonly TimeProvider _time;
    private readonly ILogger<CoaListener> _log;
    private RadiusServer? _server;

    internal CoaListener(IOptions<CoaOptions> options, CoaHandler handler, CoaLedger ledger, TimeProvider time, ILogger<CoaListener> log)
    {
        _options = options.Value;
        _handler = handler;
        _ledger = ledger;
        _time = time;
        _log = log;
    }

    /// <summary>Where it listens; null when nobody may send anything.</summary>
    public IPEndPoint? EndPoint => _server?.EndPoint;

    /// <summary>What the listener has answered and dropped; null when it is not open.</summary>
    internal RadiusServerCounters? Counters => _server?.Counters;

    /// <summary>Opens the port.</summary>
    /// <exception cref="SocketException">It is taken, or may not be used.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.Clients.Count == 0)
        {
            return;
        }

        var clients = CoaClients.Read(_options);
        foreach (var client in clients.Where(client => client.Secret.Length < SharedSecret.AdvisedLength))
        {
            Log.ShortSecret(_log, client.Name, client.Secret.Length, SharedSecret.AdvisedLength);
        }

        var settings = new RadiusListenerSettings
        {
            Listen = Reachable(IPEndPoint.Parse(_options.Listen)),
            Nas = clients,
            DuplicateWindow = _options.TimestampWindow,
            MaxPending = MostAtOnce,
            MaxKeptReplies = (int)Math.Min(MostKept, clients.Count * _options.RequestsPerSecond * (_options.TimestampWindow.TotalSeconds + 2)),
        };
        try
        {
            _server = new RadiusServer(settings, _handler.HandleAsync, _time, _log);
        }
        catch (SocketException exception)
        {
            throw new IOException($"Coa:Listen {settings.Listen} cannot be used: {exception.Message}.", exception);
        }

        _server.Start();
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Receives no more, and finishes what it has begun.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is { } server)
        {
            await server.StopAsync(s_grace).ConfigureAwait(false);
        }

        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the port, where it was not stopped. The container disposes of it by each of its two names.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }

        Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pruning, _time);
        while (await NextAsync(timer, stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await _ledger.PruneAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.PruningFailed(_log, exception);
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The dual-stack default must also start where the kernel has no IPv6.</summary>
    private static IPEndPoint Reachable(IPEndPoint asked) =>
        asked.Address.Equals(IPAddress.IPv6Any) && !Socket.OSSupportsIPv6 ? new IPEndPoint(IPAddress.Any, asked.Port) : asked;

    private static partial class Log
    {
        [LoggerMessage(5000, LogLevel.Warning, "The shared secret of the client {Client} in Coa:Clients has {Length} octets; with fewer than {Advised} it can be guessed from one captured datagram. Agree on a longer one with the server's administrator.")]
        public static partial void ShortSecret(ILogger logger, string client, int length, int advised);

        [LoggerMessage(5001, LogLevel.Error, "Forgetting old answers to dynamic authorization clients failed; it is tried again in a minute")]
        public static partial void PruningFailed(ILogger logger, Exception exception);
    }
}
