using NacGateway.Radius.Client;

namespace NacGateway.Core.Authentication;

/// <summary>Asks the servers about one step, and reads what they said, or what it means that they said nothing.</summary>
internal sealed class LoginConversation(LoginExchange exchange, LoginReply reply, LoginOutage outage)
{
    public async Task<(LoginVerdict Verdict, ExchangeResult Result)> AskAsync(LoginStep step, string reference, CancellationToken cancellationToken)
    {
        var deadSince = exchange.DeadSince;
        var result = await exchange.AskAsync(step, cancellationToken).ConfigureAwait(false);
        return (result switch
        {
            { Status: ExchangeStatus.Answered, Request: not null, Reply: not null, Server: not null } =>
                await reply.ReadAsync(step, reference, result, cancellationToken).ConfigureAwait(false),

            // Somebody answered, though nothing of it can be believed: it may have been a Reject.
            { Status: ExchangeStatus.WrongSecret } => new LoginVerdict(new LoginOutcome.WrongSecret(reference)),
            { Status: ExchangeStatus.MissingMessageAuthenticator } => new LoginVerdict(new LoginOutcome.MissingMessageAuthenticator(reference)),
            { Status: ExchangeStatus.TimedOut or ExchangeStatus.Unreachable or ExchangeStatus.NoServer } =>
                await outage.DecideAsync(step, reference, result, isOutage: exchange.HasNoServer || (deadSince is not null && deadSince == exchange.DeadSince), cancellationToken).ConfigureAwait(false),

            // A gateway that is too busy to ask, or a server that says it cannot serve, is no silence: whoever can bring that about
            // must not get in by it.
            _ => new LoginVerdict(new LoginOutcome.NoAnswer(reference)),
        }, result);
    }
}
