using Microsoft.Extensions.Logging;
using NacGateway.Core.Enforcement.Nftables;

namespace NacGateway.Benchmarks.Kernel;

/// <summary>Hears from the log when the table has been repaired: to ask the kernel again and again would keep it from that.</summary>
internal sealed class RepairSignal : ILogger<NftablesEnforcer>
{
    private const int RepairedId = 4002;

    private readonly TaskCompletionSource<long> _repaired = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When it was, on the clock's own scale.</summary>
    public Task<long> RepairedAt => _repaired.Task;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == RepairedId)
        {
            _repaired.TrySetResult(TimeProvider.System.GetTimestamp());
        }
        else if (logLevel >= LogLevel.Warning)
        {
            _repaired.TrySetException(new InvalidOperationException(formatter(state, exception)));
        }
    }
}
