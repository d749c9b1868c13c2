using System.Collections.Immutable;

namespace NacGateway.Web.Desk.Live;

/// <summary>Those who watch the same: one view is asked once a second, whatever their number.</summary>
internal sealed partial class LiveRoom(string name, ILiveView view, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>At most one batch in this time.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<bool> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private ImmutableArray<LiveListener> _listeners = [];

    /// <summary>Whether the view has found out what there is; false when it could not.</summary>
    public Task<bool> Begun => _begun.Task;

    /// <summary>Those who watch; changed by the hub alone, under its lock.</summary>
    public ImmutableArray<LiveListener> Listeners
    {
        get => ImmutableInterlocked.InterlockedCompareExchange(ref _listeners, default, default);
        set => ImmutableInterlocked.InterlockedExchange(ref _listeners, value);
    }

    public void End() => _end.Cancel();

    public void Dispose() => _end.Dispose();

    /// <summary>Asks the view until nobody watches, or until it fails; then all streams end.</summary>
    public async Task RunAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Pace, time);
            await view.TickAsync(_end.Token);
            _begun.TrySetResult(true);
            do
            {
                Tell(await view.TickAsync(_end.Token));
            }
            while (await timer.WaitForNextTickAsync(_end.Token));
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // Nobody watches any more.
        }
        catch (Exception exception)
        {
            Log.Failed(log, name, exception);
        }
        finally
        {
            _begun.TrySetResult(false);
            foreach (var listener in Listeners)
            {
                listener.Complete();
            }

            // It may listen to something that would go on filling its queue.
            (view as IDisposable)?.Dispose();
        }
    }

    private void Tell(IReadOnlyList<LiveEvent> changes)
    {
        var written = changes.Count == 0 ? null : LiveEvent.Write(changes);
        byte[]? all = null;
        foreach (var listener in Listeners)
        {
            if (listener.HasMissed)
            {
                listener.OfferAll(LiveEvent.Write([.. view.Snapshot(), LiveEvent.Order(added: 0, removed: 0)]));
            }
            else if (listener.NeedsAll)
            {
                listener.OfferAll(all ??= LiveEvent.Write(view.Snapshot()));
            }
            else if (written is not null)
            {
                listener.Offer(written);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(8210, LogLevel.Warning, "The live feed {Name} cannot be made; its streams end, and pages ask for it anew")]
        public static partial void Failed(ILogger logger, string name, Exception exception);
    }
}
