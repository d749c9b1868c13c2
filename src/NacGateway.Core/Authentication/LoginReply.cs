using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>Reads an authentic reply: Accept, Reject or Challenge. Safe for concurrent use.</summary>
internal sealed class LoginReply(LoginGrant grant, PendingChallenges challenges, TimeProvider timeProvider)
{
    /// <summary>Challenges of one sign-in; a server that asks more often is taken to refuse.</summary>
    public const int MostSteps = 8;

    /// <summary>The outcome, and what only the log and the records should know about it.</summary>
    public async Task<LoginVerdict> ReadAsync(LoginStep step, string reference, RadiusPacket request, RadiusPacket reply, RadiusServerSettings server, CancellationToken cancellationToken) => reply.Code switch
    {
        RadiusCode.AccessAccept => await AcceptAsync(step, reference, request, reply, server, cancellationToken).ConfigureAwait(false),
        RadiusCode.AccessReject => new LoginVerdict(Reject(reference, reply), reply.ErrorCause is { } cause ? $"{nameof(RadiusCode.AccessReject)} with Error-Cause {cause}" : null),
        RadiusCode.AccessChallenge when step.Number >= MostSteps => new LoginVerdict(new LoginOutcome.Rejected(reference, reply.ReplyMessages), $"challenged more than {MostSteps} times"),
        RadiusCode.AccessChallenge => new LoginVerdict(Challenge(step, reference, reply, server)),
        _ => new LoginVerdict(new LoginOutcome.UnusableAccept(reference), $"it answered with {reply.Code}, which is no answer to an Access-Request"),
    };

    private static LoginOutcome Reject(string reference, RadiusPacket reply) => reply.GetMsChapError()?.Code switch
    {
        MsChapErrorCode.PasswordExpired => new LoginOutcome.PasswordExpired(reference),
        MsChapErrorCode.RestrictedLogonHours => new LoginOutcome.OutsideHours(reference),
        MsChapErrorCode.AccountDisabled => new LoginOutcome.AccountDisabled(reference),
        MsChapErrorCode.NoDialInPermission => new LoginOutcome.NotPermitted(reference),

        // 691 is a wrong password; 709 answers a change of password, which is never asked for; any other says no more than the Reject.
        _ => new LoginOutcome.Rejected(reference, reply.ReplyMessages),
    };

    private async Task<LoginVerdict> AcceptAsync(LoginStep step, string reference, RadiusPacket request, RadiusPacket accept, RadiusServerSettings server, CancellationToken cancellationToken)
    {
        var decision = grant.Decide(step, request, accept, out var authorization);
        if (decision.Problem is { } problem)
        {
            return new LoginVerdict(new LoginOutcome.UnusableAccept(reference), problem, decision);
        }

        return decision.IsGranted
            ? new LoginVerdict(await grant.OpenAsync(step, decision, authorization!, server.Name, reference, cancellationToken).ConfigureAwait(false), Decision: decision)
            : new LoginVerdict(new LoginOutcome.Refused(reference, decision.Message), decision.Rule, decision);
    }

    private LoginOutcome.Challenged Challenge(LoginStep step, string reference, RadiusPacket reply, RadiusServerSettings server)
    {
        var pending = new PendingChallenge
        {
            Id = PendingChallenges.NextId(),
            Client = ClientKey.From(step.ClientAddress),
            UserName = step.UserName,
            CallingStationId = step.CallingStationId,
            AcctSessionId = step.AcctSessionId,
            State = reply.State,
            ServerName = server.Name,
            Step = step.Number + 1,
            IssuedAt = timeProvider.GetTimestamp(),
        };
        challenges.Add(pending);
        return new LoginOutcome.Challenged(reference, pending.Id, step.UserName, reply.ReplyMessages, reply.Prompt == Prompt.Echo);
    }
}
