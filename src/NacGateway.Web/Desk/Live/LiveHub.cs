namespace NacGateway.Web.Desk.Live;

/// <summary>Brings those together who watch the same. Safe for concurrent use.</summary>
internal sealed class LiveHub(TimeProvider time, ILogger<LiveHub> log)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Topic, LiveQuery Query), LiveRoom> _rooms = [];

    /// <summary>How many views are asked each second.</summary>
    public int Views
    {
        get
        {
            lock (_lock)
            {
                return _rooms.Count;
            }
        }
    }

    /// <summary>Begins to watch; null where the view cannot find out what there is. <see cref="Leave"/> ends it.</summary>
    public async Task<LiveListener?> JoinAsync(ILiveTopic topic, LiveQuery query)
    {
        var listener = new LiveListener();
        LiveRoom room;
        lock (_lock)
        {
            if (!_rooms.TryGetValue((topic.Name, query), out room!))
            {
                _rooms[(topic.Name, query)] = room = new LiveRoom(topic.Name, topic.Open(query), time, log);
                _ = ServeAsync(topic, query, room);
            }

            room.Listeners = room.Listeners.Add(listener);
        }

        if (await room.Begun)
        {
            return listener;
        }

        Leave(topic, query, listener);
        return null;
    }

    /// <summary>Ends it; with the last one the view is dropped.</summary>
    public void Leave(ILiveTopic topic, LiveQuery query, LiveListener listener)
    {
        lock (_lock)
        {
            if (_rooms.TryGetValue((topic.Name, query), out var room) && room.Listeners.Contains(listener))
            {
                room.Listeners = room.Listeners.Remove(listener);
                if (room.Listeners.IsEmpty)
                {
                    _rooms.Remove((topic.Name, query));
                    room.End();
                }
            }
        }
    }

    private async Task ServeAsync(ILiveTopic topic, LiveQuery query, LiveRoom room)
    {
        // Away from the lock of whoever opened it.
        await Task.Yield();
        await room.RunAsync();
        lock (_lock)
        {
            // A view that failed: whoever comes next gets another one.
            if (_rooms.TryGetValue((topic.Name, query), out var current) && ReferenceEquals(current, room))
            {
                _rooms.Remove((topic.Name, query));
            }

            // Who came in since was told already that it has failed, or its stream ends here.
            foreach (var listener in room.Listeners)
            {
                listener.Complete();
            }
        }

        // Nobody finds it any more.
        room.Dispose();
    }
}
