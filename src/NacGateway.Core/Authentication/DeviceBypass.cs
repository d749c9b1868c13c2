using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Core.Enforcement.Leases;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Authentication;

/// <summary>
/// Signs devices in by their MAC addresses as they appear, and looks once a minute for those that have no session: because one ended, a
/// server did not answer, or too many appeared at once.
/// </summary>
internal sealed partial class DeviceBypass(
    LeaseTable leases,
    SessionTable sessions,
    SessionManager manager,
    DeviceSignIn signIn,
    IOptions<MacBypassOptions> options,
    TimeProvider time,
    ILogger<DeviceBypass> log) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private const int MostWaiting = 4096;
    private const int AtOnce = 8;

    private readonly MacBypassOptions _options = options.Value;
    private readonly FrozenDictionary<MacAddress, MacBypassDevice> _listed =
        options.Value.Devices.ToFrozenDictionary(device => MacAddress.TryParse(device.Address, out var mac) ? mac : default);

    private readonly RefusedDevices _refused = new(options.Value.RejectedFor, time);
    private readonly RequestPace _pace = new(options.Value.RequestsPerSecond, time);
    private readonly ConcurrentDictionary<MacAddress, bool> _underWay = new();

    /// <summary>Of more that appear at once the rest is found by the next look.</summary>
    private readonly Channel<MacAddress> _seen = Channel.CreateBounded<MacAddress>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    internal int Refused => _refused.Count;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await EndUnlistedAsync(cancellationToken).ConfigureAwait(false);
        if (_listed.Count == 0 && !_options.Radius)
        {
            return;
        }

        leases.Follow(change => See(change.Now));
        LookAtAll();
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        LookAsync(stoppingToken),
        Parallel.ForEachAsync(_seen.Reader.ReadAllAsync(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken }, ConsiderAsync));

    /// <summary>A device that was taken off the list has no business on the network any more.</summary>
    private async Task EndUnlistedAsync(CancellationToken cancellationToken)
    {
        List<SessionClosing> closings =
        [
            .. sessions.Walk()
                .Where(session => string.Equals(session.ServerName, DeviceSignIn.ServerName, StringComparison.Ordinal) && !(MacAddress.TryParse(session.CallingStationId, out var mac) && _listed.ContainsKey(mac)))
                .Select(session => new SessionClosing
                {
                    AcctSessionId = session.AcctSessionId,
                    Cause = AcctTerminateCause.AdminReset,
                    Event = new SessionEvent { AcctSessionId = session.AcctSessionId, At = time.GetUtcNow(), Kind = SessionEventKind.Ended, By = "the settings", Text = "the device is no longer in MacBypass:Devices" },
                }),
        ];
        if (closings.Count > 0)
        {
            Log.Unlisted(log, await manager.CloseAsync(closings, also: null, cancellationToken).ConfigureAwait(false));
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            LookAtAll();
        }
    }

    private void LookAtAll()
    {
        foreach (var lease in leases.Snapshot())
        {
            See(lease);
        }
    }

    private void See(Lease? lease)
    {
        if (lease is not null && !DeviceSessions.IsLinkLocal(lease.Address) && !sessions.TryFind(lease.Mac, out _) && (_listed.ContainsKey(lease.Mac) || (_options.Radius && !_refused.Contains(lease.Mac))))
        {
            _seen.Writer.TryWrite(lease.Mac);
        }
    }

    private async ValueTask ConsiderAsync(MacAddress mac, CancellationToken cancellationToken)
    {
        if (!_underWay.TryAdd(mac, true))
        {
            return;
        }

        try
        {
            await SignInAsync(mac, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.Failed(log, mac, exception);
        }
        finally
        {
            _underWay.TryRemove(mac, out _);
        }
    }

    private async Task SignInAsync(MacAddress mac, CancellationToken cancellationToken)
    {
        // The first that can be reached from elsewhere; a session follows to the others by itself.
        var addresses = leases.AddressesOf(mac).Where(address => !DeviceSessions.IsLinkLocal(address)).ToList();
        if (addresses.Count == 0 || addresses.Exists(sessions.Knows) || sessions.TryFind(mac, out _))
        {
            return;
        }

        if (_listed.TryGetValue(mac, out var device))
        {
            await signIn.OpenListedAsync(device, mac, addresses[0].ToAddress(), cancellationToken).ConfigureAwait(false);
        }
        else if (_options.Radius && !_refused.Contains(mac) && _pace.TryTake())
        {
            var outcome = await signIn.AskAsync(_options, mac, addresses[0].ToAddress(), cancellationToken).ConfigureAwait(false);
            if (outcome is not (LoginOutcome.SignedIn or LoginOutcome.NoAnswer or LoginOutcome.StorageUnavailable or LoginOutcome.Busy))
            {
                _refused.Add(mac);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2542, LogLevel.Information, "{Count} sessions of devices ended that are no longer in MacBypass:Devices")]
        public static partial void Unlisted(ILogger logger, int count);

        [LoggerMessage(2543, LogLevel.Error, "Device {Mac} could not be signed in because of a fault in the gateway; it is tried again in a minute")]
        public static partial void Failed(ILogger logger, MacAddress mac, Exception exception);
    }
}
