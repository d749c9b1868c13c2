using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Leases;

/// <summary>
/// Follows the files in which DHCP servers write their leases: at once as the system tells that one was written, and by a look every half
/// minute, because such news may be lost. A file that is missing or cannot be read leaves what is known as it is.
/// </summary>
internal sealed partial class LeaseFiles(LeaseTable leases, LeaseBook book, IOptions<EnforcementOptions> options, TimeProvider time, ILogger<LeaseFiles> log) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Servers write a file in several pieces.</summary>
    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, string> _troubles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileSystemWatcher> _watchers = new(StringComparer.Ordinal);
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.LeaseFiles.Count == 0)
        {
            return Task.CompletedTask;
        }

        Watch();
        ReadAll();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        foreach (var watcher in _watchers.Values)
        {
            watcher.Dispose();
        }

        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            using var look = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var news = _news.Reader.WaitToReadAsync(look.Token).AsTask();
            await Task.WhenAny(news, Task.Delay(Interval, time, look.Token)).ConfigureAwait(false);
            if (news.IsCompletedSuccessfully)
            {
                await Task.Delay(s_settling, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _news.Reader.TryRead(out _);
            }

            await look.CancelAsync().ConfigureAwait(false);
            Watch();
            ReadAll();
        }
    }

    internal void ReadAll()
    {
        foreach (var file in options.Value.LeaseFiles)
        {
            try
            {
                Take(file, LeaseFileReader.Read(file));
                _troubles.Remove(file.Path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Once for each reason: it is looked at again every half minute.
                if (!string.Equals(_troubles.GetValueOrDefault(file.Path), exception.Message, StringComparison.Ordinal))
                {
                    _troubles[file.Path] = exception.Message;
                    Log.NotRead(log, file.Path, exception.Message);
                }
            }
        }
    }

    private void Take(LeaseFileOptions file, Dictionary<ClientKey, WrittenLease> written)
    {
        foreach (var lease in book.Replace(file.Path, written))
        {
            // A guess counts for a device that is there: then it has the MAC address now.
            if (lease.Mac is { } mac && (!lease.IsGuess || leases.AddressesOf(mac).Length > 0))
            {
                leases.Learn(new Lease(lease.Address, mac, Interface: null, LeaseSource.Dhcp));
            }
        }
    }

    /// <summary>Watches the folders, for files are replaced.</summary>
    private void Watch()
    {
        foreach (var file in options.Value.LeaseFiles)
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(file.Path))!;
            if (_watchers.ContainsKey(file.Path) || !Directory.Exists(folder))
            {
                continue;
            }

            try
            {
                var watcher = new FileSystemWatcher(folder, Path.GetFileName(file.Path) + "*") { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
                watcher.Changed += (_, _) => _news.Writer.TryWrite(true);
                watcher.Created += (_, _) => _news.Writer.TryWrite(true);
                watcher.Renamed += (_, _) => _news.Writer.TryWrite(true);
                watcher.EnableRaisingEvents = true;
                _watchers[file.Path] = watcher;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // The system gives no more watches: then the look every half minute is all there is.
                Log.NotWatched(log, folder, exception.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4130, LogLevel.Warning, "The leases in {Path} cannot be read: {Reason} What is known stays; it is tried again every half minute.")]
        public static partial void NotRead(ILogger logger, string path, string reason);

        [LoggerMessage(4131, LogLevel.Warning, "The folder {Folder} cannot be watched: {Reason} New leases in it are found within half a minute.")]
        public static partial void NotWatched(ILogger logger, string folder, string reason);
    }
}
