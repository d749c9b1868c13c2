using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Core.Enforcement.Netlink;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>
/// Follows the kernel's neighbour table, so that devices are known by their MAC addresses: the whole of it before the portal opens, then each
/// change as the kernel tells it. Nothing is asked in circles.
/// </summary>
internal sealed partial class NeighbourWatch(LeaseTable leases, NeighbourBook book, IOptions<EnforcementOptions> options, TimeProvider time, ILogger<NeighbourWatch> log) : BackgroundService
{
    /// <summary>RTNLGRP_LINK and RTNLGRP_NEIGH.</summary>
    private const int GroupOfLinks = 1;
    private const int GroupOfNeighbours = 3;

    /// <summary>How soon the end of the service is noticed while the kernel has nothing to tell.</summary>
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    private readonly HashSet<string> _watched = new(options.Value.LanInterfaces, StringComparer.Ordinal);
    private NetlinkSocket? _news;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_watched.Count == 0)
        {
            return;
        }

        Begin();
        foreach (var missing in _watched.Except(book.Links.Select(book.NameOf), StringComparer.Ordinal))
        {
            Log.NotThere(log, missing!);
        }

        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _news?.Dispose();
        base.Dispose();
    }

    /// <summary>On a thread of its own: it waits in the kernel.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Run(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    private async Task Run(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Listen(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.NotHeard(log, exception);
                await Task.Delay(s_pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Listen(CancellationToken stoppingToken)
    {
        if (_news is null)
        {
            Begin();
        }

        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var octets = _news!.Receive(s_wait, out var messages);
                if (octets == NetlinkSocket.Overflow)
                {
                    Log.Overflowed(log);
                    ReadAll();
                    continue;
                }

                var reader = new NetlinkReader(messages);
                while (reader.Next(out var message))
                {
                    Hear(message);
                }
            }
        }
        catch
        {
            _news?.Dispose();
            _news = null;
            throw;
        }
    }

    /// <summary>Listens first and reads then, so that nothing falls between.</summary>
    private void Begin()
    {
        _news = NetlinkSocket.Open(NetlinkFamily.Route, GroupOfLinks, GroupOfNeighbours);
        ReadAll();
    }

    private void ReadAll()
    {
        using var questions = NetlinkSocket.Open(NetlinkFamily.Route);
        List<NetworkLink> links = [];
        Ask(questions, NetworkLink.Dump(), message => Add(links, message));
        foreach (var gone in book.Links.Except(links.Where(IsWatched).Select(link => link.Number)))
        {
            book.Remove(gone);
        }

        foreach (var link in links.Where(IsWatched))
        {
            book.Add(link);
        }

        List<Neighbour> read = [];
        Ask(questions, Neighbour.Dump(Neighbour.Version4), message => Add(read, message));
        Ask(questions, Neighbour.Dump(Neighbour.Version6), message => Add(read, message));
        book.KeepOnly(read);

        // Where an address is known behind two interfaces, who has just answered has the last word.
        foreach (var neighbour in read.OrderBy(neighbour => neighbour.IsConfirmed))
        {
            Take(neighbour);
        }

        Log.Read(log, leases.Count, string.Join(", ", book.Links.Select(book.NameOf)));
    }

    private void Hear(NetlinkMessage message)
    {
        if (Neighbour.TryRead(message, out var neighbour))
        {
            Take(neighbour);
        }
        else if (NetworkLink.TryRead(message, out var link))
        {
            Take(link);
        }
    }

    private void Take(NetworkLink link)
    {
        if (link.Exists && IsWatched(link))
        {
            if (book.Add(link))
            {
                Log.Came(log, link.Name);
                ReadAll();
            }
        }
        else if (book.Remove(link.Number) is { } name)
        {
            // Who was behind it keeps his lease: a link that flaps is no reason to sign in again.
            Log.Went(log, name);
        }
    }

    /// <summary>
    /// An entry that goes, or fails, says nothing: the kernel clears its table of what is idle, and a device that sleeps does not answer
    /// (<see cref="LeaseForgetting"/>). One that only grows old says nothing new either; behind another interface it may even be wrong by now.
    /// </summary>
    private void Take(Neighbour neighbour)
    {
        if (book.NameOf(neighbour.Link) is not { } link || (!book.Note(neighbour.Link, neighbour.Address, neighbour.Mac) && !neighbour.IsConfirmed) || neighbour.Mac is not { } mac)
        {
            return;
        }

        var isKnown = leases.TryGet(neighbour.Address, out var before) && before.Mac == mac;
        if (!leases.Learn(new Lease(neighbour.Address, mac, link, LeaseSource.Neighbour)) && isKnown && before!.Interface is { } other && !string.Equals(other, link, StringComparison.Ordinal))
        {
            Log.ChangedInterface(log, mac, neighbour.Address, other, link);
        }
    }

    private bool IsWatched(NetworkLink link) => _watched.Contains(link.Name);

    private static void Add(List<NetworkLink> links, NetlinkMessage message)
    {
        if (NetworkLink.TryRead(message, out var link))
        {
            links.Add(link);
        }
    }

    private static void Add(List<Neighbour> read, NetlinkMessage message)
    {
        if (Neighbour.TryRead(message, out var neighbour))
        {
            read.Add(neighbour);
        }
    }

    private static void Ask(NetlinkSocket questions, NetlinkWriter question, NetlinkHandler read)
    {
        if (questions.Ask(question, read) is not 0 and var error)
        {
            throw new EnforcementException($"The kernel's tables of interfaces and neighbours cannot be read (error {error}). Without them no device is known by its MAC address; take Enforcement:LanInterfaces away to run without.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4100, LogLevel.Information, "{Count} addresses of devices are known; the neighbours behind {Links} are watched")]
        public static partial void Read(ILogger logger, int count, string links);

        [LoggerMessage(4101, LogLevel.Warning, "The interface {Link} of Enforcement:LanInterfaces is not there yet; who is behind it is known once it comes.")]
        public static partial void NotThere(ILogger logger, string link);

        [LoggerMessage(4102, LogLevel.Information, "The interface {Link} has come; its neighbours are watched")]
        public static partial void Came(ILogger logger, string link);

        [LoggerMessage(4103, LogLevel.Warning, "The interface {Link} is gone; sessions of the devices behind it go on until their limits end them")]
        public static partial void Went(ILogger logger, string link);

        [LoggerMessage(4104, LogLevel.Warning, "More happened in the neighbour table than could be heard; it was read anew")]
        public static partial void Overflowed(ILogger logger);

        [LoggerMessage(4105, LogLevel.Error, "The neighbour table cannot be followed; it is tried again in two seconds")]
        public static partial void NotHeard(ILogger logger, Exception exception);

        [LoggerMessage(4106, LogLevel.Debug, "Device {Mac} with {Address} went from interface {Before} to {Now}")]
        public static partial void ChangedInterface(ILogger logger, MacAddress mac, ClientKey address, string before, string now);
    }
}
