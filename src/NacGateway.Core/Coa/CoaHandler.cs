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
        var request = CoaRequest.Of(context, identity.Name);
        if (guard.Check(context, request) is { } reason)
        {
            journal.Dropped(context, reason);
            return null;
        }

        using var activity = CoaTrace.Begin(request.Packet.Code);

        // 2. The same request again has no second effect.
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
        CoaTrace.End(activity, answer);
        return answer.ToPacket(context);
    }

    private async Task<CoaAnswer> DecideAsync(CoaRequest request, CancellationToken cancellationToken)
    {
        // 3. Everything in it must be understood before anything is done.
        var answer = RequestCheck.Check(request) is { } refusal
            ? CoaAnswer.Nak(request, refusal)
            : await actions.DoAsync(request, cancellationToken).ConfigureAwait(false);

        // 4. What was refused stays so, or the same octets might be obeyed another time. Authorize-Only records its own.
        return answer.Cause is ErrorCause.None or ErrorCause.RequestInitiated || await RecordRefusalAsync(request, answer, cancellationToken).ConfigureAwait(false)
            ? answer
            : throw new StorageUnavailableException();
    }

    /// <summary>A refusal is part of the history of the sessions that were meant, if any were.</summary>
    private Task<bool> RecordRefusalAsync(CoaRequest request, CoaAnswer answer, CancellationToken cancellationToken)
    {
        IReadOnlyList<ActiveSession> concerned = matcher.Find(request.Packet.Attributes, out var meant) is null ? meant : [];
        return ledger.RecordAsync(
            [.. concerned.Select(session => request.Event(session, journal.Now, SessionEventKind.Refused, $"{request.Packet.Code} was refused: {answer.Words}"))],

            // What cannot be done now may be done when it is asked for again.
            answer.Cause == ErrorCause.ResourcesUnavailable ? null : answer.ToRow(request, journal.Now),
            cancellationToken);
    }
}
