using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Transport;

namespace NacGateway.Radius.Client;

/// <summary>One request that waits for its reply, and what came instead. The receive loop alone offers datagrams to it.</summary>
/// <param name="server">The server that was asked.</param>
/// <param name="code">Code of the request.</param>
/// <param name="authenticator">Its authenticator field.</param>
/// <param name="version">RADIUS/1.1 proves nothing by MD5: the connection and its Token do (RFC 9765 section 4.1).</param>
internal sealed class PendingRequest(RadiusServerSettings server, RadiusCode code, ReadOnlyMemory<byte> authenticator, RadiusVersion version = RadiusVersion.Radius10)
{
    // The receive loop must not run what the caller does with a reply.
    private readonly TaskCompletionSource<RadiusPacket?> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The reply; null when the port is unreachable or the connection broke.</summary>
    public Task<RadiusPacket?> Reply => _reply.Task;

    /// <summary>Whether a reply came whose authenticator was wrong.</summary>
    public bool SawWrongAuthenticator { get; private set; }

    /// <summary>Whether a reply came that lacked only the Message-Authenticator.</summary>
    public bool SawMissingMessageAuthenticator { get; private set; }

    public void Unreachable() => _reply.TrySetResult(null);

    /// <summary>Takes a datagram as the reply if it may be believed; otherwise says why not and goes on waiting (RFC 2865 section 3).</summary>
    public DropReason? Offer(ReadOnlySpan<byte> datagram)
    {
        if (PacketReader.TryRead(datagram, out PacketReader reader) != PacketError.None)
        {
            return DropReason.Malformed;
        }

        PacketVerdict verdict = version == RadiusVersion.Radius11 ? PacketVerdict.Authentic : Authenticators.VerifyReply(reader.Packet, authenticator.Span, server.Secret.Span);
        switch (verdict)
        {
            case PacketVerdict.Authentic:
                break;
            case PacketVerdict.AuthenticWithoutMessageAuthenticator when IsAnswer(reader.Code) && server.RequireMessageAuthenticator && IsAccess(reader.Code):
                SawMissingMessageAuthenticator = true;
                return DropReason.MissingMessageAuthenticator;
            case PacketVerdict.AuthenticWithoutMessageAuthenticator:
                break;
            case PacketVerdict.WrongAuthenticator:
                SawWrongAuthenticator = true;
                return DropReason.WrongAuthenticator;
            default:
                return DropReason.WrongMessageAuthenticator;
        }

        if (!IsAnswer(reader.Code))
        {
            return DropReason.WrongCode;
        }

        if (!RadiusPacket.TryParse(reader.Packet, out RadiusPacket? packet, out _))
        {
            return DropReason.Malformed;
        }

        packet.Version = version;
        return _reply.TrySetResult(packet) ? null : DropReason.UnknownIdentifier;
    }

    private static bool IsAccess(RadiusCode reply) => reply is RadiusCode.AccessAccept or RadiusCode.AccessReject or RadiusCode.AccessChallenge;

    private bool IsAnswer(RadiusCode reply) => code switch
    {
        RadiusCode.AccessRequest => IsAccess(reply),
        RadiusCode.AccountingRequest => reply == RadiusCode.AccountingResponse,
        RadiusCode.StatusServer => reply is RadiusCode.AccessAccept or RadiusCode.AccountingResponse,
        RadiusCode.DisconnectRequest => reply is RadiusCode.DisconnectAck or RadiusCode.DisconnectNak,
        RadiusCode.CoaRequest => reply is RadiusCode.CoaAck or RadiusCode.CoaNak,
        _ => false,
    } || (reply == RadiusCode.ProtocolError && server.Tls is not null);
}
