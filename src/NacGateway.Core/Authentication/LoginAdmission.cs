using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;

namespace NacGateway.Core.Authentication;

/// <summary>
/// Asks the throttle for a try. A user who must wait because of failures elsewhere, and whom a server accepted at this client lately, need
/// not: who only knows a name could otherwise keep its owner out for good. Safe for concurrent use.
/// </summary>
internal sealed class LoginAdmission(LoginThrottle throttle, PastSessions past, TimeProvider time)
{
    /// <summary>How long a client is known for a user.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    /// <summary>The ticket, or until when to wait.</summary>
    public async Task<(ThrottleTicket? Ticket, DateTimeOffset Until)> EnterAsync(LoginStep step, CancellationToken cancellationToken)
    {
        await throttle.RecallAsync(step.UserName, step.ClientAddress, cancellationToken).ConfigureAwait(false);
        var ticket = throttle.TryEnter(step.UserName, step.ClientAddress, out var until);
        if (ticket is not null || !throttle.IsOnlyUserForbidden(step.UserName, step.ClientAddress) || !await IsKnownAsync(step, cancellationToken).ConfigureAwait(false))
        {
            return (ticket, until);
        }

        ticket = throttle.TryEnter(step.UserName, step.ClientAddress, out until, passesUser: true);
        return (ticket, until);
    }

    public Task LeaveAsync(ThrottleTicket ticket, ThrottleVerdict verdict) => throttle.LeaveAsync(ticket, verdict, CancellationToken.None);

    private async Task<bool> IsKnownAsync(LoginStep step, CancellationToken cancellationToken)
    {
        try
        {
            return await past.WasAcceptedAsync(step.UserName, step.ClientAddress, time.GetUtcNow() - Memory, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (WriteTransaction.IsEnvironment(exception))
        {
            // Then the block stands; the sign-in itself would tell of the database.
            return false;
        }
    }
}
