using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Live;

namespace NacGateway.Web.Tests.Desk.Live;

/// <summary>A topic that counts how often it is asked, and fails when it is told to.</summary>
internal sealed class CountedTopic : ILiveTopic, ILiveView
{
    private int _ticks;

    public string Name => "counted";

    public DeskRight Right => DeskRight.Read;

    public int Opened { get; private set; }

    public int Ticks => Volatile.Read(ref _ticks);

    public bool Fails { get; set; }

    public ILiveView Open(LiveQuery query)
    {
        Opened++;
        return this;
    }

    public ValueTask<IReadOnlyList<LiveEvent>> TickAsync(CancellationToken cancellationToken)
    {
        if (Fails)
        {
            throw new InvalidOperationException("The database is away.");
        }

        var tick = Interlocked.Increment(ref _ticks);
        return ValueTask.FromResult<IReadOnlyList<LiveEvent>>([LiveEvent.Of("tick", tick)]);
    }

    public IReadOnlyList<LiveEvent> Snapshot() => [LiveEvent.Of("all", Ticks)];
}
