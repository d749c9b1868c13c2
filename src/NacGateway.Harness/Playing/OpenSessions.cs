using System.Collections.Concurrent;

namespace NacGateway.Harness.Playing;

/// <summary>The sessions that are open now. Safe for concurrent use.</summary>
internal sealed class OpenSessions
{
    private readonly ConcurrentDictionary<string, PlayedSession> _byId = new(StringComparer.Ordinal);

    public IEnumerable<PlayedSession> All => _byId.Values.Where(session => session.IsOpen);

    public void Add(PlayedSession session) => _byId[session.Plan.Id] = session;

    public void Remove(PlayedSession session) => _byId.TryRemove(session.Plan.Id, out _);

    public void EndAll(TerminateCause cause)
    {
        foreach (var session in _byId.Values)
        {
            session.End(cause);
        }
    }
}
