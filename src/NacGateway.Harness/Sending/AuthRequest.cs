using System.Security.Cryptography;
using NacGateway.Harness.Output;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Sending;

/// <summary>What an Access-Request says.</summary>
internal sealed record AuthRequest : IOutgoing
{
    public RadiusCode Code => RadiusCode.AccessRequest;

    public required AuthMethod Method { get; init; }

    /// <summary>User-Name in UTF-8; null when it stands among the attributes, or nowhere.</summary>
    public byte[]? UserName { get; init; }

    /// <summary>Password, or the code that answers a challenge; null when the attributes hold the proof.</summary>
    public byte[]? Password { get; init; }

    public required GivenAttributes Attributes { get; init; }

    /// <summary>State of the challenge that is answered; null for none.</summary>
    public ReadOnlyMemory<byte>? State { get; init; }

    /// <summary>Code that answers an Access-Challenge; null when a challenge is the outcome.</summary>
    public byte[]? Otp { get; init; }

    /// <summary>Whether nothing is added to what was given.</summary>
    public bool AsGiven { get; init; }

    private byte[] Name => UserName ?? Attributes.First(RadiusAttributeType.UserName) ?? [];

    public void Fill(RadiusPacket request, byte[] secret)
    {
        if (!AsGiven)
        {
            request.AddMessageAuthenticator();
        }

        if (UserName is not null)
        {
            request.Attributes.Add(RadiusAttributeType.UserName, UserName);
        }

        AddPassword(request, secret);
        Attributes.AddTo(request, secret);
        if (!AsGiven)
        {
            GivenAttributes.NameNas(request);
        }

        if (State is { } state)
        {
            request.State = state;
        }
    }

    public IEnumerable<PacketCheck> Prove(RadiusPacket reply, RadiusPacket sent)
    {
        if (Method == AuthMethod.MsChapV2 && Password is not null && reply.Code == RadiusCode.AccessAccept)
        {
            const string Success = "MS-CHAP2-Success";
            var isThere = reply.Attributes.TryGetVendor(VendorId.Microsoft, MicrosoftAttributeType.Chap2Success, out _);
            yield return reply.VerifyMsChap2Success(sent, Name, Password)
                ? new PacketCheck(Success, CheckOutcome.Right)
                : new PacketCheck(Success, CheckOutcome.Wrong, isThere ? "the server has not proved that it knows the password" : "it is missing: the server has not proved that it knows the password");
        }
    }

    /// <summary>The step that answers a challenge: the code goes into User-Password whatever the method was, State back untouched (RFC 2865 section 4.4).</summary>
    public IOutgoing? Next(RadiusPacket reply) => reply.Code != RadiusCode.AccessChallenge || Otp is null
        ? null
        : this with { Method = AuthMethod.Pap, Password = Otp, State = reply.State, Otp = null, Attributes = new GivenAttributes([.. Attributes.Items.Where(item => !IsProof(item))]) };

    private static bool IsProof(Radius.Dictionary.AttributeAssignment item) => item.Definition.Path switch
    {
        [RadiusAttributeType.UserPassword or RadiusAttributeType.ChapPassword or RadiusAttributeType.ChapChallenge or RadiusAttributeType.State] => true,
        [RadiusAttributeType.VendorSpecific, VendorId.Microsoft, MicrosoftAttributeType.ChapChallenge or MicrosoftAttributeType.Chap2Response] => true,
        _ => false,
    };

    private void AddPassword(RadiusPacket request, byte[] secret)
    {
        if (Password is null)
        {
            return;
        }

        switch (Method)
        {
            case AuthMethod.Chap:
                request.AddChapPassword(RandomNumberGenerator.GetBytes(1)[0], Password);
                break;
            case AuthMethod.MsChapV2:
                Span<byte> challenges = stackalloc byte[2 * MsChapV2.ChallengeLength];
                RandomNumberGenerator.Fill(challenges);
                request.AddMsChap2Response((byte)RandomNumberGenerator.GetInt32(1, 256), challenges[..MsChapV2.ChallengeLength], challenges[MsChapV2.ChallengeLength..], Name, Password);
                break;
            default:
                request.AddUserPassword(Password, secret);
                break;
        }
    }
}
