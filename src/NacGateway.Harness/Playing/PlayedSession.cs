using System.Text;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Playing;

/// <summary>One session that is open or was: what the server said of it, and how it ends. Safe for concurrent use.</summary>
internal sealed class PlayedSession(SessionPlan plan, RadiusPacket accept, long started)
{
    private readonly TaskCompletionSource<TerminateCause> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private SessionLimits _limits = SessionLimits.Of(accept);

    public SessionPlan Plan => plan;

    /// <summary>Timestamp of the Access-Accept.</summary>
    public long Started => started;

    /// <summary>User-Name for accounting: the one of the Access-Accept where it has one (RFC 2865 section 5.1).</summary>
    public byte[] UserName { get; } = accept.Attributes.TryGetFirst(RadiusAttributeType.UserName, out var returned) && !returned.IsEmpty ? returned.ToArray() : plan.User.Name;

    /// <summary>All instances, untouched (RFC 2865 section 5.25).</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Classes { get; } = accept.Classes;

    public ReadOnlyMemory<byte>? ChargeableUserIdentity { get; } = accept.ChargeableUserIdentity;

    /// <summary>Completes when somebody ends it from outside.</summary>
    public Task<TerminateCause> Ended => _ended.Task;

    public bool IsOpen => !_ended.Task.IsCompleted;

    /// <summary>What the Access-Accept, or a CoA-Request since, allows.</summary>
    public SessionLimits Limits
    {
        get
        {
            lock (_lock)
            {
                return _limits;
            }
        }
    }

    /// <summary>Completes, and begins anew, when a CoA-Request has changed the limits.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
            {
                return _changed.Task;
            }
        }
    }

    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Change(RadiusPacket request)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _limits = _limits.With(request);
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.TrySetResult();
    }

    /// <summary>Ends it; only the first cause counts.</summary>
    public bool End(TerminateCause cause) => _ended.TrySetResult(cause);

    public override string ToString() => $"{Plan.Id} ({Encoding.UTF8.GetString(UserName)})";
}
