using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>Reads an authentic reply: Accept, Reject or Challenge. Safe for concurrent use.</summary>
internal sealed class LoginReply(LoginGrant grant, PendingChallenges challenges, TimeProvider timeProvider)
{
    /// <summary>Challenges of one sign-in; a server that asks more often is taken to refuse.</summary>
    public const int MostSteps = 8;

    /// <summary>What the record of a sign-in says that was challenged more often.</summary>
    public const string TooManySteps = "challenged more than 8 times";

    /// <summary>The outcome, and what only the log and the records should know about it.</summary>
    /// <param name="step">The step.</param>
    /// <param name="reference">Its reference.</param>
    /// <param name="result">The exchange, which has request, reply and server.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<LoginVerdict> ReadAsync(LoginStep step, string reference, ExchangeResult result, CancellationToken cancellationToken)
    {
        var (request, reply, server) = (result.Request!, result.Reply!, result.Server!);
        return reply.Code == RadiusCode.AccessAccept
            ? await AcceptAsync(step, reference, request, reply, result, cancellationToken).ConfigureAwait(false)
            : Read(step, reference, reply, server);
    }

    private LoginVerdict Read(LoginStep step, string reference, RadiusPacket reply, RadiusServerSettings server) => reply.Code switch
    {
        RadiusCode.AccessReject => LoginJudge.Rejected(reference, reply),
        RadiusCode.AccessChallenge when step.Number >= MostSteps => new LoginVerdict(new LoginOutcome.Rejected(reference, reply.ReplyMessages), TooManySteps),
        RadiusCode.AccessChallenge => new LoginVerdict(Challenge(step, reference, reply, server)),
        _ => new LoginVerdict(new LoginOutcome.UnusableAccept(reference), $"it answered with {reply.Code}, which is no answer to an Access-Request"),
    };

    private async Task<LoginVerdict> AcceptAsync(LoginStep step, string reference, RadiusPacket request, RadiusPacket accept, ExchangeResult result, CancellationToken cancellationToken)
    {
        var decision = grant.Decide(step, request, accept, out var authorization);
        return LoginJudge.NotGranted(reference, decision)
            ?? new LoginVerdict(await grant.OpenAsync(step, decision, authorization!, result, reference, cancellationToken).ConfigureAwait(false), Decision: decision);
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
        return Challenged(step, reference, reply, pending.Id);
    }

    /// <summary>What an Access-Challenge comes to.</summary>
    public static LoginOutcome.Challenged Challenged(LoginStep step, string reference, RadiusPacket reply, string challengeId) =>
        new(reference, challengeId, step.UserName, reply.ReplyMessages, reply.Prompt == Prompt.Echo);
}
