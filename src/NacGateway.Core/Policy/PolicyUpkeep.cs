using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NacGateway.Core.Policy.Documents;

namespace NacGateway.Core.Policy;

/// <summary>
/// Loads the rules before anything asks for them, follows versions that others make on the same database, and forgets old records of
/// decisions. A version that cannot be read is never half in force: the one before stays, and the log says so.
/// </summary>
public sealed partial class PolicyUpkeep(PolicyStore store, PolicyBook book, DecisionLog decisions, IOptions<PolicyOptions> options, TimeProvider time, DeviceKnowledge devices, ILogger<PolicyUpkeep> log) : BackgroundService
{
    /// <summary>How soon a version is followed.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>How often records are forgotten.</summary>
    public static readonly TimeSpan TrimInterval = TimeSpan.FromMinutes(5);

    private int _unreadable;

    /// <summary>Seeds the rules where there are none yet, and loads those in force.</summary>
    /// <exception cref="InvalidOperationException">They cannot be read: a gateway that ignored them would let in whom they keep out.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var current = await store.CurrentAsync(cancellationToken).ConfigureAwait(false);
        if (current is null && await TrySeedAsync(cancellationToken).ConfigureAwait(false))
        {
            current = await store.CurrentAsync(cancellationToken).ConfigureAwait(false);
        }

        if (current is null)
        {
            book.Current = AccessPolicy.None;
            Log.NoRules(log);
            return;
        }

        if (!PolicyDocument.TryParse(current.Document, current.Version, out var policy, out var errors))
        {
            throw new InvalidOperationException($"Version {current.Version} of the rules in the database cannot be read: {string.Join(" ", errors)} Apply corrected ones with 'nacgateway policy apply FILE'.");
        }

        Take(policy, current.CreatedBy);
    }

    /// <summary>Takes over a version that somebody made since. Returns whether there was one.</summary>
    public async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        var newest = await store.NewestAsync(cancellationToken).ConfigureAwait(false);
        if (newest == book.Current.Version || newest == _unreadable || await store.CurrentAsync(cancellationToken).ConfigureAwait(false) is not { } text)
        {
            return false;
        }

        if (!PolicyDocument.TryParse(text.Document, text.Version, out var policy, out var errors))
        {
            _unreadable = text.Version;
            Log.Unreadable(log, text.Version, book.Current.Version, string.Join(" ", errors));
            return false;
        }

        Take(policy, text.CreatedBy);
        return true;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var trimmed = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await FollowAsync(stoppingToken).ConfigureAwait(false);
                await decisions.WriteKeptAsync(stoppingToken).ConfigureAwait(false);
                if (time.GetElapsedTime(trimmed) >= TrimInterval)
                {
                    trimmed = time.GetTimestamp();
                    await decisions.TrimAsync(stoppingToken).ConfigureAwait(false);
                }
            }
            catch (DbException exception)
            {
                Log.NotFollowed(log, exception.Message);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.UpkeepFailed(log, exception);
            }
        }
    }

    private void Take(AccessPolicy policy, string author)
    {
        book.Current = policy;
        Log.Loaded(log, policy.Version, author);
        if (!devices.AreKnown && policy.RulesOfDevices is { Count: > 0 } rules)
        {
            Log.NoDevices(log, string.Join(", ", rules));
        }
    }

    private async Task<bool> TrySeedAsync(CancellationToken cancellationToken)
    {
        var file = options.Value.EffectiveFile;
        if (options.Value.File.Length == 0 && !File.Exists(file))
        {
            return false;
        }

        if (!PolicyFile.TryRead(file, out var document, out var errors))
        {
            throw new InvalidOperationException($"The rules cannot be seeded: {string.Join(" ", errors)}");
        }

        var applied = await store.SeedAsync(document, cancellationToken).ConfigureAwait(false);
        return applied.Errors.Count == 0;
    }

    private static partial class Log
    {
        [LoggerMessage(2300, LogLevel.Information, "Version {Version} of the rules, made by {Author}, is in force")]
        public static partial void Loaded(ILogger logger, int version, string author);

        [LoggerMessage(2301, LogLevel.Information, "There are no rules: the RADIUS server and the settings alone decide. Set Policy:File, or apply rules with 'nacgateway policy apply FILE'.")]
        public static partial void NoRules(ILogger logger);

        [LoggerMessage(2302, LogLevel.Error, "Version {Version} of the rules cannot be read, and version {Current} stays in force: {Errors} Apply corrected ones with 'nacgateway policy apply FILE'.")]
        public static partial void Unreadable(ILogger logger, int version, int current, string errors);

        [LoggerMessage(2305, LogLevel.Warning, "These rules ask for the MAC address of a device, which is not known, so that they never hold: {Rules}. Set Enforcement:LanInterfaces:0 to the interface behind which the devices are, or judge by address, calledStation or ssid instead.")]
        public static partial void NoDevices(ILogger logger, string rules);

        [LoggerMessage(2303, LogLevel.Warning, "The database could not be asked for newer rules: {Reason} It is asked again in some seconds.")]
        public static partial void NotFollowed(ILogger logger, string reason);

        [LoggerMessage(2304, LogLevel.Error, "Following the rules or forgetting old decisions failed because of a fault in the gateway; it goes on")]
        public static partial void UpkeepFailed(ILogger logger, Exception exception);
    }
}
