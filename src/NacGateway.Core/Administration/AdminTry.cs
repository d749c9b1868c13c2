using NacGateway.Core.Authentication;

namespace NacGateway.Core.Administration;

/// <summary>One try at a sign-in. Whoever leaves without a verdict has failed, or guessing would be free for those who hang up.</summary>
public sealed class AdminTry : IAsyncDisposable
{
    private readonly LoginThrottle _throttle;
    private readonly ThrottleTicket _ticket;
    private ThrottleVerdict _verdict = ThrottleVerdict.Failure;

    internal AdminTry(LoginThrottle throttle, ThrottleTicket ticket)
    {
        _throttle = throttle;
        _ticket = ticket;
    }

    /// <summary>It was right.</summary>
    public void Succeed() => _verdict = ThrottleVerdict.Success;

    /// <summary>It says nothing: nobody checked it, or it goes on.</summary>
    public void Abstain() => _verdict = ThrottleVerdict.Neutral;

    /// <summary>Counts it.</summary>
    public async ValueTask DisposeAsync() => await _throttle.LeaveAsync(_ticket, _verdict, CancellationToken.None).ConfigureAwait(false);
}
