using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Core.Coa;

/// <summary>
/// What a request is answered with: only what RFC 5176 section 3.6 allows. Proxy-State and Message-Authenticator are the listener's and
/// not in it.
/// </summary>
/// <param name="Code">ACK or NAK.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Words">What came of it, for the log.</param>
/// <param name="IsRepeated">Whether it was given before, and nothing was done for it now.</param>
internal sealed record CoaAnswer(RadiusCode Code, AttributeList Attributes, string Words, bool IsRepeated = false)
{
    /// <summary>Error-Cause of a NAK; none in an ACK.</summary>
    public ErrorCause Cause
    {
        get
        {
            AttributeValue.TryReadInteger(Attributes.TryGetFirst(RadiusAttributeType.ErrorCause, out var value) ? value : [], out uint cause);
            return (ErrorCause)cause;
        }
    }

    /// <summary>It is done. A Disconnect-ACK may say by which Acct-Terminate-Cause the Stop tells of it (RFC 5176 section 2.1).</summary>
    public static CoaAnswer Ack(CoaRequest request, string words)
    {
        var answer = new CoaAnswer(request.IsDisconnect ? RadiusCode.DisconnectAck : RadiusCode.CoaAck, new AttributeList(), words);
        if (request.IsDisconnect)
        {
            answer.Add(RadiusAttributeType.AcctTerminateCause, (uint)Sessions.AcctTerminateCause.AdminReset);
        }

        return answer.WithState(request);
    }

    /// <summary>Nothing was changed.</summary>
    public static CoaAnswer Nak(CoaRequest request, CoaRefusal refusal)
    {
        var answer = new CoaAnswer(request.IsDisconnect ? RadiusCode.DisconnectNak : RadiusCode.CoaNak, new AttributeList(), refusal.Words);
        answer.Add(RadiusAttributeType.ErrorCause, (uint)refusal.Cause);
        return answer.WithState(request);
    }

    /// <summary>An answer that was recorded.</summary>
    public static CoaAnswer Of(CoaReply recorded)
    {
        var attributes = new AttributeList();
        for (var rest = recorded.Attributes.AsSpan(); rest.Length >= 2 && rest[1] >= 2 && rest[1] <= rest.Length; rest = rest[rest[1]..])
        {
            attributes.Add(rest[0], rest[2..rest[1]]);
        }

        return new CoaAnswer((RadiusCode)recorded.Code, attributes, "answered as before", IsRepeated: true);
    }

    /// <summary>The row that is written with the effect. The window of a request whose client's clock is ahead begins later.</summary>
    public CoaReply ToRow(CoaRequest request, DateTimeOffset at) => new()
    {
        Digest = request.Digest,
        At = request.Packet.EventTimestamp is { } sent && sent > at ? sent : at,
        Code = (byte)Code,
        Attributes = Attributes.Encoded.ToArray(),
    };

    public RadiusPacket ToPacket(RadiusRequestContext context)
    {
        var reply = context.CreateReply(Code);
        foreach (var attribute in Attributes)
        {
            reply.Attributes.Add(attribute.Type, attribute.Value.Span);
        }

        return reply;
    }

    public void Add(byte type, uint value) => AttributeValue.WriteInteger(Attributes.Reserve(type, sizeof(uint)), value);

    /// <summary>State comes back untouched, in ACK and NAK (RFC 5176 section 3.3). A Disconnect-Request has none.</summary>
    private CoaAnswer WithState(CoaRequest request)
    {
        if (!request.IsDisconnect && request.Packet.Attributes.TryGetFirst(RadiusAttributeType.State, out var state))
        {
            Attributes.Add(RadiusAttributeType.State, state);
        }

        return this;
    }
}
