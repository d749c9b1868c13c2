using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Coa;

/// <summary>
/// Puts the sessions that a CoA-Request means under other limits: every change of every session, or none (RFC 5176 section 2.3). What
/// it names replaces the old value, what it does not name stays (section 3.6 note 3).
/// </summary>
internal sealed class ChangeHandler(SessionMatcher matcher, SessionManager sessions, SessionTerms terms, TimeProvider time) : IDisposable
{
    /// <summary>Tries, where a session that was meant ends or is renewed while the change is written; the next one begins from what is there then.</summary>
    private const int Tries = 3;

    /// <summary>New limits come from the old ones: two changes at once would each undo the other's.</summary>
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Attributes of the tunnel, which are replaced as a whole (RFC 5176 section 3.6 note 5).</summary>
    public static bool IsTunnel(byte type) => type is RadiusAttributeType.TunnelType or RadiusAttributeType.TunnelMediumType or RadiusAttributeType.TunnelClientEndpoint
        or RadiusAttributeType.TunnelServerEndpoint or RadiusAttributeType.TunnelPrivateGroupId or RadiusAttributeType.TunnelAssignmentId or RadiusAttributeType.TunnelPreference
        or RadiusAttributeType.TunnelClientAuthId or RadiusAttributeType.TunnelServerAuthId;

    public async Task<CoaAnswer> HandleAsync(CoaRequest request, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (var round = 0; round < Tries; round++)
            {
                List<SessionChange> changes = [];
                if ((matcher.Find(request.Packet.Attributes, out var meant) ?? Plan(request, meant, changes)) is { } refusal)
                {
                    return CoaAnswer.Nak(request, refusal);
                }

                var answer = CoaAnswer.Ack(request, $"changed {Words.Of(meant)}");
                if (await sessions.ChangeAsync(changes, database => database.Add(answer.ToRow(request, time.GetUtcNow())), cancellationToken).ConfigureAwait(false))
                {
                    return answer;
                }
            }

            return CoaAnswer.Nak(request, CoaRefusal.NoResources("the sessions that are meant end or are renewed faster than they can be changed"));
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private CoaRefusal? Plan(CoaRequest request, IReadOnlyList<ActiveSession> meant, List<SessionChange> changes)
    {
        if (!AuthorizationMapper.TryMapTunnel(request.Packet.Attributes, out var tunnel, out var problem))
        {
            return CoaRefusal.Of(problem);
        }

        if (HasTunnel(request.Packet.Attributes) && tunnel.IsEmpty)
        {
            return CoaRefusal.Missing("a tunnel needs a Tunnel-Type");
        }

        foreach (var session in meant)
        {
            if (!AuthorizationMapper.TryMapLimits(request.Packet.Attributes, session.Limits, terms.Of(session.StartedAt) with { RenewedAfter = session.RenewedAfter }, out var limits, out problem))
            {
                return CoaRefusal.Of(problem);
            }

            changes.Add(Change(request, session, limits, tunnel));
        }

        return null;
    }

    private SessionChange Change(CoaRequest request, ActiveSession session, SessionLimits limits, ReadOnlyMemory<byte> tunnel)
    {
        var packet = request.Packet;
        bool? reauthenticates = packet.TerminationAction is { } action ? action == TerminationAction.RadiusRequest : null;
        var change = new SessionChange
        {
            AcctSessionId = session.AcctSessionId,
            Limits = limits,
            Before = session.Limits,
            Classes = packet.Classes is { Count: > 0 } classes ? classes : null,
            TunnelAttributes = HasTunnel(packet.Attributes) ? (ReadOnlyMemory<byte>?)tunnel : null,
            Message = AuthorizationMapper.ReadMessage(packet),
            Reauthenticates = reauthenticates,

            // For the Access-Request at the end of the session (RFC 5176 section 3.3). Else a State is only returned.
            State = reauthenticates == true ? packet.State : null,
        };
        return change with { Event = request.Event(session, time.GetUtcNow(), SessionEventKind.Changed, Describe(session, change)) };
    }

    private static bool HasTunnel(AttributeList attributes) => attributes.Any(attribute => IsTunnel(attribute.Type));

    private static string Describe(ActiveSession session, SessionChange change)
    {
        List<string> words = [.. ChangedLimits.Describe(session.Limits, change.Limits!)];
        AddIf(change.Classes is not null, "Class");
        AddIf(change.TunnelAttributes is not null, "tunnel");
        AddIf(change.Message is not null, $"message to the user: {change.Message}");
        AddIf(change.Reauthenticates is not null, $"Termination-Action {(change.Reauthenticates == true ? "RADIUS-Request" : "Default")}");
        return words.Count == 0 ? "asked for what was in force already" : string.Join("; ", words);

        void AddIf(bool isChanged, string text)
        {
            if (isChanged)
            {
                words.Add(text);
            }
        }
    }
}
