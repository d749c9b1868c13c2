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
    private volatile bool _givenUp;
    private volatile bool _answered;
    private int _sends;
    private int _refusedSend;
    private int _refusals;

    /// <summary>The reply; null when the port is unreachable or the connection broke.</summary>
    public Task<RadiusPacket?> Reply => _reply.Task;

    /// <summary>Whether a reply came whose authenticator was wrong.</summary>
    public bool SawWrongAuthenticator { get; private set; }

    /// <summary>Whether a reply came that lacked only the Message-Authenticator.</summary>
    public bool SawMissingMessageAuthenticator { get; private set; }

    /// <summary>Whether the network said that nobody is there.</summary>
    public bool SawRefusal => Volatile.Read(ref _refusals) > 0;

    /// <summary>Refused transmissions that make up a verdict: a single ICMP error is a sign only, for it may be forged, or a server may be starting anew.</summary>
    private static int MostRefusals => 2;

    public void Sending() => Interlocked.Increment(ref _sends);

    /// <summary>The network says that nobody is there. Several errors after one transmission count once.</summary>
    public void Refused()
    {
        int send = Volatile.Read(ref _sends);
        if (Interlocked.Exchange(ref _refusedSend, send) != send && Interlocked.Increment(ref _refusals) == MostRefusals)
        {
            Unreachable();
        }
    }

    public void Unreachable() => _reply.TrySetResult(null);

    /// <summary>Nobody waits any more; an answer that still comes is told as late.</summary>
    /// <returns>False when an answer has come.</returns>
    public bool TryGiveUp()
    {
        _givenUp = true;
        Unreachable();
        return !_answered;
    }

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
            case PacketVerdict.AuthenticWithoutMessageAuthenticator when IsAnswer(reader.Code) && server is { RequireMessageAuthenticator: true, Tls: null } && MustBeSigned(reader.Code):
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
        if (_reply.TrySetResult(packet))
        {
            _answered = true;
            return null;
        }

        // The first authentic answer of a request that was given up is a sign of life; what comes after an answer is unsolicited.
        bool late = _givenUp;
        _givenUp = false;
        return late ? DropReason.Late : DropReason.UnknownIdentifier;
    }

    private static bool IsAccess(RadiusCode reply) => reply is RadiusCode.AccessAccept or RadiusCode.AccessReject or RadiusCode.AccessChallenge;

    /// <summary>What the setting demands Message-Authenticator of (draft-ietf-radext-deprecating-radius section 5.3.7).</summary>
    private static bool MustBeSigned(RadiusCode reply) => IsAccess(reply) || reply == RadiusCode.ProtocolError;

    private bool IsAnswer(RadiusCode reply) => code switch
    {
        RadiusCode.AccessRequest => IsAccess(reply) || reply == RadiusCode.ProtocolError,
        RadiusCode.AccountingRequest => reply is RadiusCode.AccountingResponse or RadiusCode.ProtocolError,
        RadiusCode.StatusServer => reply is RadiusCode.AccessAccept or RadiusCode.AccountingResponse,
        RadiusCode.DisconnectRequest => reply is RadiusCode.DisconnectAck or RadiusCode.DisconnectNak or RadiusCode.ProtocolError,
        RadiusCode.CoaRequest => reply is RadiusCode.CoaAck or RadiusCode.CoaNak or RadiusCode.ProtocolError,
        _ => false,
    } || (reply == RadiusCode.ProtocolError && server.Tls is not null);
}
