using System.Diagnostics.CodeAnalysis;

namespace NacGateway.Core.Sessions;

/// <summary>
/// The end of a session, and what becomes of it below, as something to wait for: tunnels and upgraded connections are cut by it. The token is made only for a
/// session that somebody waits for, because most have none and there may be a hundred thousand of them.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing that must be released, and tokens of it outlive the session.")]
internal sealed class SessionEnd
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _source;
    private bool _ended;
    private Task _cut = Task.CompletedTask;
    private Task _enforced = Task.CompletedTask;

    public CancellationToken Token
    {
        get
        {
            lock (_lock)
            {
                if (_source is null)
                {
                    _source = new CancellationTokenSource();
                    if (_ended)
                    {
                        _source.Cancel();
                    }
                }

                return _source.Token;
            }
        }
    }

    /// <summary>Ends when all that waited has been told, and the network below HTTP has closed; after <see cref="Signal"/>.</summary>
    public Task WhenCut
    {
        get
        {
            lock (_lock)
            {
                return Task.WhenAll(_cut, _enforced);
            }
        }
    }

    /// <summary>Ends when the network below HTTP is as the session's last change has it.</summary>
    public Task WhenEnforced
    {
        get
        {
            lock (_lock)
            {
                return _enforced;
            }
        }
    }

    /// <summary>For what enforces: when the change that is just being made will hold.</summary>
    public void Follow(Task enforced)
    {
        lock (_lock)
        {
            _enforced = enforced;
        }
    }

    public void Signal()
    {
        lock (_lock)
        {
            // Not on this thread: what it cuts may be slow, and the writer calls this.
            _ended = true;
            _cut = _source?.CancelAsync() ?? _cut;
        }
    }
}
