using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Benchmarks.Codec;

/// <summary>
/// An Access-Request as the gateway sends it and an Access-Accept as servers answer it, each beside the bare digests that the RFCs
/// demand for it: what is above them is the codec's own cost.
/// </summary>
[MemoryDiagnoser]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "The digests are RADIUS's own; they are what is measured against.")]
public class CodecBenchmarks
{
    private static readonly byte[] s_secret = "a shared secret of some length"u8.ToArray();
    private static readonly byte[] s_password = "correct horse"u8.ToArray();
    private readonly byte[] _requestAuthenticator = new byte[RadiusPacket.AuthenticatorLength];
    private readonly byte[] _datagram = new byte[RadiusPacket.MaxLength];
    private readonly byte[] _digest = new byte[16];
    private readonly byte[] _passwordBlock = new byte[s_secret.Length + 16];
    private byte[] _request = [];
    private byte[] _accept = [];
    private byte[] _acceptAndSecret = [];

    /// <summary>Makes the packets once, and checks that they are what the figures say they are.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        RandomNumberGenerator.Fill(_requestAuthenticator);
        s_secret.CopyTo(_passwordBlock, 0);
        _requestAuthenticator.CopyTo(_passwordBlock, s_secret.Length);
        _request = _datagram[..Encode()];
        var accept = new RadiusPacket(RadiusCode.AccessAccept, 7);
        accept.Attributes.Reserve(RadiusAttributeType.MessageAuthenticator, 16);
        accept.Attributes.Add(RadiusAttributeType.UserName, "alice@example.com"u8);
        accept.Attributes.Add(RadiusAttributeType.SessionTimeout, [0, 0, 0x70, 0x80]);
        accept.Attributes.Add(RadiusAttributeType.IdleTimeout, [0, 0, 0x02, 0x58]);
        accept.Attributes.Add(RadiusAttributeType.Class, RandomNumberGenerator.GetBytes(48));
        accept.Attributes.Add(RadiusAttributeType.FilterId, "staff"u8);
        accept.Attributes.Add(RadiusAttributeType.ReplyMessage, "Welcome to the network."u8);
        _accept = new byte[accept.EncodedLength];
        accept.WriteTo(_accept);
        Authenticators.SignReply(_accept, _requestAuthenticator, s_secret);
        _acceptAndSecret = [.. _accept, .. s_secret];
        if (Authenticators.VerifyReply(_accept, _requestAuthenticator, s_secret) != PacketVerdict.Authentic)
        {
            throw new InvalidOperationException("The Access-Accept to be measured does not verify.");
        }
    }

    /// <summary>The Access-Request without its digests: what the packet itself allocates.</summary>
    [Benchmark]
    public int PacketAlone() => Compose(out _).WriteTo(_datagram);

    /// <summary>The digests of the Access-Request: one MD5 for the hidden password, one HMAC-MD5 over the packet.</summary>
    [Benchmark]
    public int EncodeDigests() => MD5.HashData(_passwordBlock, _digest) + HMACMD5.HashData(s_secret, _request, _digest);

    /// <summary>The Access-Request from nothing to octets to send.</summary>
    [Benchmark]
    public int Encode()
    {
        var packet = Compose(out var password);
        UserPassword.Hide(s_password, s_secret, _requestAuthenticator, password);
        var length = packet.WriteTo(_datagram);
        Authenticators.SignRequest(_datagram.AsSpan(0, length), s_secret);
        return length;
    }

    /// <summary>The digests of the Access-Accept: one MD5 and one HMAC-MD5 over the packet.</summary>
    [Benchmark]
    public int VerifyDigests() => MD5.HashData(_acceptAndSecret, _digest) + HMACMD5.HashData(s_secret, _accept, _digest);

    /// <summary>The Access-Accept from the octets received to a packet that may be believed.</summary>
    [Benchmark]
    public PacketVerdict Verify()
    {
        var error = PacketReader.TryRead(_accept, out var reader);
        return error == PacketError.None ? Authenticators.VerifyReply(reader.Packet, _requestAuthenticator, s_secret) : PacketVerdict.WrongAuthenticator;
    }

    private RadiusPacket Compose(out Span<byte> password)
    {
        var packet = new RadiusPacket(RadiusCode.AccessRequest, 7);
        _requestAuthenticator.CopyTo(packet.Authenticator);
        var attributes = packet.Attributes;
        attributes.Reserve(RadiusAttributeType.MessageAuthenticator, 16);
        attributes.Add(RadiusAttributeType.UserName, "alice@example.com"u8);
        attributes.Add(RadiusAttributeType.NasIdentifier, "gateway-1"u8);
        attributes.Add(RadiusAttributeType.CallingStationId, "02-00-5E-10-00-01"u8);
        attributes.Add(RadiusAttributeType.CalledStationId, "02-00-5E-00-00-01:Guests"u8);
        attributes.Add(RadiusAttributeType.NasPortType, [0, 0, 0, 19]);
        attributes.Add(RadiusAttributeType.ServiceType, [0, 0, 0, 1]);
        attributes.Add(RadiusAttributeType.AcctSessionId, "01JD6V7Q8R9S0T1U2V3W4X5Y6Z"u8);
        password = attributes.Reserve(RadiusAttributeType.UserPassword, UserPassword.HiddenLength(s_password.Length));
        return packet;
    }
}
