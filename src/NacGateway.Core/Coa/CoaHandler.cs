using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Core.Coa;

/// <summary>What becomes of one authentic request, in order: silence, the answer it had before, a NAK, or its effect and an ACK.</summary>
internal sealed class CoaHandler(CoaGuard guard, CoaLedger ledger, SessionMatcher matcher, CoaActions actions, CoaJournal journal, GatewayIdentity identity)
{
    public async ValueTask<RadiusPacket?> HandleAsync(RadiusRequestContext context, CancellationToken cancellationToken)
    {
        // 1. What is no request of now gets no answer, nor does what is too much.
        if (guard.Check(context) is { } reason)
        {
            journal.Dropped(context, reason);
            return null;
        }

        // 2. The same request again has no second effect.
        var request = CoaRequest.Of(context, identity.Name);
        CoaAnswer answer;
        try
        {
            answer = await ledger.OnceAsync(request, () => DecideAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (StorageUnavailableException exception)
        {
            answer = CoaAnswer.Nak(request, CoaRefusal.NoResources(exception.Message));
        }

        journal.Answered(request, answer);
        return answer.ToPacket(context);
    }

    private async Task<CoaAnswer> DecideAsync(CoaRequest request, CancellationToken cancellationToken)
    {
        // 3. Everything in it must be understood before anything is done.
        var answer = RequestCheck.Check(request) is { } refusal
            ? CoaAnswer.Nak(request, refusal)
            : await actions.DoAsync(request, cancellationToken).ConfigureAwait(false);

        // 4. A refusal is part of the history of the sessions that were meant, if any were.
        if (answer.Cause is not (ErrorCause.None or ErrorCause.RequestInitiated) && matcher.Find(request.Packet.Attributes, out var meant) is null)
        {
            await ledger.RecordAsync([.. meant.Select(session => request.Event(session, journal.Now, SessionEventKind.Refused, $"{request.Packet.Code} was refused: {answer.Words}"))], reply: null, cancellationToken).ConfigureAwait(false);
        }

        return answer;
    }
}
