using System.Security.Cryptography;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Sending;

/// <summary>What an Access-Request says; filled anew for each step, because hiding depends on the packet's authenticator.</summary>
internal sealed record AuthRequest
{
    private const string Identifier = "nac-harness";

    public required AuthMethod Method { get; init; }

    /// <summary>User-Name in UTF-8.</summary>
    public required byte[] UserName { get; init; }

    /// <summary>Password, or the code that answers a challenge.</summary>
    public required byte[] Password { get; init; }

    /// <summary>Attributes that were given with -a.</summary>
    public required IReadOnlyList<AttributeAssignment> Attributes { get; init; }

    /// <summary>State of the challenge that is answered; null for none.</summary>
    public ReadOnlyMemory<byte>? State { get; init; }

    /// <summary>The step that answers a challenge: the code goes into User-Password whatever the method was, State back untouched (RFC 2865 section 4.4).</summary>
    public AuthRequest Answering(RadiusPacket challenge, byte[] code) => this with { Method = AuthMethod.Pap, Password = code, State = challenge.State };

    public void Fill(RadiusPacket request, RadiusServerSettings server)
    {
        request.AddMessageAuthenticator();
        request.Attributes.Add(RadiusAttributeType.UserName, UserName);
        AddPassword(request, server);
        foreach (var attribute in Attributes)
        {
            attribute.AddTo(request.Attributes, server.Secret.Span, request.Authenticator);
        }

        if (request.NasIdentifier is null && request.NasIpAddress is null && request.NasIPv6Address is null)
        {
            // One of the three must be there (RFC 2865 section 4.1).
            request.NasIdentifier = Identifier;
        }

        if (State is { } state)
        {
            request.State = state;
        }
    }

    private void AddPassword(RadiusPacket request, RadiusServerSettings server)
    {
        switch (Method)
        {
            case AuthMethod.Chap:
                request.AddChapPassword(RandomNumberGenerator.GetBytes(1)[0], Password);
                break;
            case AuthMethod.MsChapV2:
                Span<byte> challenges = stackalloc byte[2 * MsChapV2.ChallengeLength];
                RandomNumberGenerator.Fill(challenges);
                request.AddMsChap2Response(RandomNumberGenerator.GetBytes(1)[0], challenges[..MsChapV2.ChallengeLength], challenges[MsChapV2.ChallengeLength..], UserName, Password);
                break;
            default:
                request.AddUserPassword(Password, server.Secret.Span);
                break;
        }
    }
}
