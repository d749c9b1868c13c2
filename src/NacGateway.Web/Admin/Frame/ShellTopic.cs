using NacGateway.Core.Sessions;
using NacGateway.Web.Admin.Kit;
using NacGateway.Web.Desk;
using NacGateway.Web.Desk.Live;

namespace NacGateway.Web.Admin.Frame;

/// <summary>What the frame of every page shows: how many sessions are open, and how many parts of the gateway want somebody to look at them.</summary>
internal sealed class ShellTopic(SessionTable sessions, Readiness readiness, TimeProvider time) : ILiveTopic
{
    /// <summary>The probes ask the database, so not every second.</summary>
    private static readonly TimeSpan s_probeEvery = TimeSpan.FromSeconds(5);

    public string Name => "shell";

    public DeskRight Right => DeskRight.Read;

    public ILiveView Open(LiveQuery query) => new View(sessions, readiness, time);

    private sealed class View(SessionTable sessions, Readiness readiness, TimeProvider time) : ILiveView
    {
        private (int Sessions, int Attention) _told = (-1, -1);
        private long? _probedAt;
        private int _attention;

        public async ValueTask<IReadOnlyList<LiveEvent>> TickAsync(CancellationToken cancellationToken)
        {
            if (_probedAt is not { } probed || time.GetElapsedTime(probed) >= s_probeEvery)
            {
                _probedAt = time.GetTimestamp();
                _attention = (await readiness.CheckAsync(cancellationToken)).Count(check => !check.IsReady || check.IsDegraded);
            }

            var now = (sessions.Count, _attention);
            if (now == _told)
            {
                return [];
            }

            _told = now;
            return Snapshot();
        }

        public IReadOnlyList<LiveEvent> Snapshot() =>
        [
            LiveEvent.Tiles(new Dictionary<string, LiveTile>(StringComparer.Ordinal)
            {
                ["open-sessions"] = new() { Value = DeskFormat.Count(_told.Sessions) },
                ["attention"] = new() { Value = DeskFormat.Count(_told.Attention), Look = _told.Attention > 0 ? "warn" : "" },
            }),
        ];
    }
}
