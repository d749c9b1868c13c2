using System.Collections.Frozen;
using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace NacGateway.Core.Administration.Runtime;

/// <summary>
/// Puts what administrators changed in force over the configuration: before anything asks for it, and within seconds after another gateway
/// on the same database changed it. A version that is not valid here is left aside: the last valid one stays, and log and pages say so.
/// </summary>
public sealed partial class RuntimeSettings(IEnumerable<IReadOnlyList<RuntimeSetting>> settings, SettingStore store, TimeProvider time, ILogger<RuntimeSettings> log) : BackgroundService
{
    /// <summary>How soon a change is followed.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>How far back a valid version is looked for.</summary>
    private const int Earlier = 50;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly HashSet<string> _unknown = new(StringComparer.OrdinalIgnoreCase);
    private volatile FrozenDictionary<string, SettingState> _states =
        settings.SelectMany(some => some).ToFrozenDictionary(setting => setting.Name, setting => new SettingState(setting, null, null, []), StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<SettingState> All => [.. _states.Values.OrderBy(state => state.Setting.Name, StringComparer.Ordinal)];

    /// <summary>How one stands; null where it is none that can be changed.</summary>
    public SettingState? Find(string name) => _states.GetValueOrDefault(name);

    /// <summary>Takes over what was changed since, by this gateway or another.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var newest = await store.NewestAsync(cancellationToken).ConfigureAwait(false);
            foreach (var version in newest.Values.Where(version => !_states.ContainsKey(version.Name) && _unknown.Add(version.Name)))
            {
                Log.Unknown(log, version.Id, version.Name);
            }

            var states = new Dictionary<string, SettingState>(_states, StringComparer.OrdinalIgnoreCase);
            foreach (var state in _states.Values.Where(state => newest.GetValueOrDefault(state.Setting.Name) is { } version && version.Id != state.Version))
            {
                states[state.Setting.Name] = await TakeAsync(state, newest[state.Setting.Name], cancellationToken).ConfigureAwait(false);
            }

            _states = states.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _turn.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await FollowAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (DbException exception)
            {
                Log.NotFollowed(log, exception.Message);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.Failed(log, exception);
            }
        }
    }

    /// <summary>What is wrong with a kept value. A fault in judging one must not keep the gateway from starting: it is left aside as well.</summary>
    private static IReadOnlyList<string> Objections(RuntimeSetting setting, SettingVersion version)
    {
        try
        {
            return version.Value is { } value ? setting.Objections(value) : [];
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or InvalidOperationException)
        {
            return [$"{setting.Name} cannot be judged: {exception.Message}"];
        }
    }

    private async Task<SettingState> TakeAsync(SettingState state, SettingVersion newest, CancellationToken cancellationToken)
    {
        var setting = state.Setting;
        var errors = Objections(setting, newest);
        var valid = newest;
        if (errors.Count > 0)
        {
            // At the start there is none in force yet: an earlier release, or this one, was content with one of those before.
            valid = state.InForce ?? (await store.ListAsync(setting.Name, newest.Id, Earlier, cancellationToken).ConfigureAwait(false)).FirstOrDefault(earlier => Objections(setting, earlier).Count == 0);
            Log.LeftAside(log, newest.Id, setting.Name, valid is null ? "the configuration" : $"version {valid.Id}", string.Join(' ', errors));
        }

        if (valid is not null && valid.Id != state.InForce?.Id)
        {
            setting.Take(valid.Value);
            Log.Taken(log, valid.Id, setting.Name, valid.CreatedBy);
        }

        return new SettingState(setting, valid, newest, errors);
    }

    private static partial class Log
    {
        [LoggerMessage(8510, LogLevel.Information, "Version {Version} of {Setting}, made by {Author}, is in force")]
        public static partial void Taken(ILogger logger, long version, string setting, string author);

        [LoggerMessage(8511, LogLevel.Warning, "Version {Version} of {Setting} is left aside, and {InForce} holds: {Errors} Save a right value at /settings.")]
        public static partial void LeftAside(ILogger logger, long version, string setting, string inForce, string errors);

        [LoggerMessage(8514, LogLevel.Warning, "Version {Version} of {Setting} is left aside: this release has no such setting that may be changed while it runs. Another gateway on the database, or a later release, made it.")]
        public static partial void Unknown(ILogger logger, long version, string setting);

        [LoggerMessage(8512, LogLevel.Warning, "The database could not be asked for changed settings: {Reason} It is asked again in some seconds.")]
        public static partial void NotFollowed(ILogger logger, string reason);

        [LoggerMessage(8513, LogLevel.Error, "Following changed settings failed because of a fault in the gateway; it goes on")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
