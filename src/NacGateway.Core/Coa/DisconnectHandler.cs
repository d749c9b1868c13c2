using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;

namespace NacGateway.Core.Coa;

/// <summary>
/// Ends the sessions that a Disconnect-Request means. The ACK comes after the end is durable, the gate has let go of them, and what ran
/// through them is cut (RFC 5176 section 2.1).
/// </summary>
internal sealed class DisconnectHandler(SessionMatcher matcher, SessionTable table, SessionManager sessions, TimeProvider time)
{
    public async Task<CoaAnswer> HandleAsync(CoaRequest request, CancellationToken cancellationToken)
    {
        if (matcher.Find(request.Packet.Attributes, out var meant) is { } refusal)
        {
            return CoaAnswer.Nak(request, refusal);
        }

        var now = time.GetUtcNow();
        var message = AuthorizationMapper.ReadMessage(request.Packet);
        var text = message is null ? "ended by a Disconnect-Request" : $"ended by a Disconnect-Request: {message}";
        var classes = request.Packet.Classes is { Count: > 0 } given ? given : null;
        var answer = CoaAnswer.Ack(request, $"ended {Words.Of(meant)}");
        var ended = await sessions.CloseAsync(
            [.. meant.Select(session => new SessionClosing
            {
                AcctSessionId = session.AcctSessionId,
                Cause = AcctTerminateCause.AdminReset,
                Classes = classes,
                Event = request.Event(session, now, SessionEventKind.Ended, text),
            })],
            database => database.Add(answer.ToRow(request, now)),
            cancellationToken).ConfigureAwait(false);
        if (ended == 0)
        {
            // They have ended by themselves in between.
            return CoaAnswer.Nak(request, CoaRefusal.NotFound());
        }

        foreach (var session in message is null ? [] : meant)
        {
            table.Farewells.Say(session.ClientAddress, message!);
        }

        await SessionCut.WaitAsync(meant, time).ConfigureAwait(false);
        return answer;
    }
}
