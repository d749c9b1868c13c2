using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace NacGateway.Web.Observability;

/// <summary>
/// The levels of the log that are in force, over what the gateway sets itself: those of the configuration, or what an administrator made of
/// them. A change reaches loggers that are there already. Safe for concurrent use.
/// </summary>
internal sealed class LogLevels(IOptions<LogOptions> options) : IConfigureOptions<LoggerFilterOptions>, IOptionsChangeTokenSource<LoggerFilterOptions>, IDisposable
{
    private volatile IReadOnlyDictionary<string, LogLevel>? _current;
    private CancellationTokenSource _change = new();

    /// <summary>As the configuration has them, by category.</summary>
    public IReadOnlyDictionary<string, LogLevel> Configured => options.Value.LogLevel.AsReadOnly();

    public string Name => Options.DefaultName;

    /// <summary>Puts others in force; null for those of the configuration.</summary>
    public void Take(IReadOnlyDictionary<string, LogLevel>? levels)
    {
        _current = levels;

        // Not disposed: who has just taken its token may still register with it, and it holds no handle of the system.
        Interlocked.Exchange(ref _change, new CancellationTokenSource()).Cancel();
    }

    public void Dispose() => _change.Dispose();

    public IChangeToken GetChangeToken() => new CancellationChangeToken(Volatile.Read(ref _change).Token);

    public void Configure(LoggerFilterOptions filters)
    {
        ArgumentNullException.ThrowIfNull(filters);
        foreach (var (category, level) in _current ?? Configured)
        {
            filters.AddFilter(string.Equals(category, LogOptions.All, StringComparison.OrdinalIgnoreCase) ? null : category, level);
        }
    }
}
