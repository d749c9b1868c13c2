using NacGateway.Radius.Client;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Transport;

namespace NacGateway.Harness.Sending;

/// <summary>Which datagram answers a request and may be believed (RFC 2865 section 3), and what was dropped for which reason.</summary>
/// <param name="server">Secret, and whether Message-Authenticator is required.</param>
/// <param name="sent">The octets of the request; of a Status-Server those of each probe.</param>
internal sealed class ReplyJudge(RadiusServerSettings server, IReadOnlyList<byte[]> sent)
{
    private const int AuthenticatorOffset = 4;

    private readonly Dictionary<DropReason, long> _drops = [];
    private RadiusPacket? _reply;
    private byte[]? _answered;

    public bool Believes(ReadOnlySpan<byte> datagram)
    {
        if (Refuse(datagram) is not { } reason)
        {
            return true;
        }

        _drops[reason] = _drops.GetValueOrDefault(reason) + 1;
        return false;
    }

    /// <param name="request">What was asked.</param>
    /// <param name="heard">Answered or Unreachable; null when the time went by.</param>
    /// <param name="sends">Datagrams sent.</param>
    /// <param name="elapsed">From the first to the outcome.</param>
    public SendStep Conclude(IOutgoing request, ExchangeStatus? heard, int sends, TimeSpan elapsed)
    {
        return new SendStep
        {
            Peer = server.EndPoint.ToString(),
            Secret = server.Secret.ToArray(),
            Request = request,
            Sent = RadiusPacket.TryParse(_answered ?? sent[^1], out var onTheWire, out _) ? onTheWire : throw new InvalidOperationException("What was composed here is well formed."),
            Reply = _reply,
            Status = heard ?? Silence(),
            Sends = sends,
            Elapsed = elapsed,
            Drops = _drops,
        };
    }

    /// <summary>Whether a code can answer another; Protocol-Error can answer each (RFC 7930 section 4).</summary>
    private static bool IsAnswer(RadiusCode request, RadiusCode reply) => reply == RadiusCode.ProtocolError || request switch
    {
        RadiusCode.AccessRequest => reply is RadiusCode.AccessAccept or RadiusCode.AccessReject or RadiusCode.AccessChallenge,
        RadiusCode.AccountingRequest => reply == RadiusCode.AccountingResponse,

        // Either answer counts on either port (RFC 5997 section 4.1).
        RadiusCode.StatusServer => reply is RadiusCode.AccessAccept or RadiusCode.AccountingResponse,
        RadiusCode.DisconnectRequest => reply is RadiusCode.DisconnectAck or RadiusCode.DisconnectNak,
        RadiusCode.CoaRequest => reply is RadiusCode.CoaAck or RadiusCode.CoaNak,
        _ => false,
    };

    private DropReason? Refuse(ReadOnlySpan<byte> datagram)
    {
        if (PacketReader.TryRead(datagram, out var reader) != PacketError.None)
        {
            return DropReason.Malformed;
        }

        var identifier = datagram[1];
        if (sent.LastOrDefault(request => request[1] == identifier) is not { } asked)
        {
            return DropReason.UnknownIdentifier;
        }

        var code = (RadiusCode)asked[0];
        switch (Authenticators.VerifyReply(reader.Packet, asked.AsSpan(AuthenticatorOffset, RadiusPacket.AuthenticatorLength), server.Secret.Span))
        {
            case PacketVerdict.Authentic:
                break;
            case PacketVerdict.AuthenticWithoutMessageAuthenticator when server.RequireMessageAuthenticator && code == RadiusCode.AccessRequest && IsAnswer(code, reader.Code):
                return DropReason.MissingMessageAuthenticator;
            case PacketVerdict.AuthenticWithoutMessageAuthenticator:
                break;
            case PacketVerdict.WrongAuthenticator:
                return DropReason.WrongAuthenticator;
            default:
                return DropReason.WrongMessageAuthenticator;
        }

        if (!IsAnswer(code, reader.Code))
        {
            return DropReason.WrongCode;
        }

        _answered = asked;
        return RadiusPacket.TryParse(reader.Packet, out _reply, out _) ? null : DropReason.Malformed;
    }

    private ExchangeStatus Silence() =>
        _drops.ContainsKey(DropReason.MissingMessageAuthenticator) ? ExchangeStatus.MissingMessageAuthenticator
        : _drops.ContainsKey(DropReason.WrongAuthenticator) ? ExchangeStatus.WrongSecret
        : ExchangeStatus.TimedOut;
}
