using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Vectors;

/// <summary>The password methods against RFC 2865 section 7, RFC 2759 section 9 and RFC 2433 appendix B.</summary>
public sealed class PasswordVectorTests
{
    [Theory]
    [InlineData("rfc2865-7.1", "request")]
    [InlineData("rfc2865-7.3", "request")]
    [InlineData("rfc2865-7.3", "response-corrected")]
    [Requirement("RPW-1")]
    public void User_Password_is_hidden_and_revealed(string vector, string section)
    {
        VectorFile file = VectorFile.Load(vector);
        byte[] hidden = file.Octets(section, "user-password-attr");
        byte[] written = new byte[hidden.Length];
        byte[] revealed = new byte[hidden.Length];

        int octets = UserPassword.Hide(file.Octets(section, "password"), file.Octets(section, "secret"), file.Octets(section, "request-authenticator"), written);
        bool isRevealed = UserPassword.TryReveal(hidden, file.Octets(section, "secret"), file.Octets(section, "request-authenticator"), revealed, out int length);

        Assert.Equal(hidden.Length, octets);
        Assert.Equal(hidden, written);
        Assert.True(isRevealed);
        Assert.Equal(file.Octets(section, "password"), revealed[..length]);
    }

    [Theory]
    [InlineData("rfc2865-7.1", "request")]
    [InlineData("rfc2865-7.3", "response-corrected")]
    public void User_Password_of_the_packet_is_the_published_one(string vector, string section)
    {
        VectorFile file = VectorFile.Load(vector);
        Assert.True(RadiusPacket.TryParse(file.Octets(section, "packet"), out RadiusPacket? packet, out _));
        byte[] password = new byte[UserPassword.MaxLength];

        bool isRevealed = packet.TryGetUserPassword(file.Octets(section, "secret"), password, out int length);

        Assert.True(isRevealed);
        Assert.Equal(file.Octets(section, "password"), password[..length]);
        Assert.Equal(file.Text(section, "user-name"), packet.UserName);
    }

    [Fact]
    [Requirement("RCHAP-1", "RCHAP-2")]
    public void Rfc2865_7_2_CHAP_Password_with_the_authenticator_as_challenge()
    {
        VectorFile file = VectorFile.Load("rfc2865-7.2");
        byte[] password = file.Octets("request", "password");
        byte[] challenge = file.Octets("request", "request-authenticator");
        byte ident = (byte)file.Number("request", "chap-ident");
        byte[] response = new byte[ChapPassword.ResponseLength];
        Assert.True(RadiusPacket.TryParse(file.Octets("request", "packet"), out RadiusPacket? packet, out _));

        ChapPassword.Compute(ident, password, challenge, response);

        Assert.Equal(file.Octets("request", "chap-response"), response);
        Assert.True(ChapPassword.Verify([ident, .. response], password, challenge));
        Assert.True(packet.VerifyChapPassword(password));
        Assert.False(packet.VerifyChapPassword("arctangenT"u8));
    }

    [Fact]
    [Requirement("RMS-2", "RMS-3")]
    public void Rfc2759_9_2_from_challenges_to_the_authenticator_response()
    {
        VectorFile file = VectorFile.Load("rfc2759-9.2");
        byte[] authenticator = file.Octets("vector", "authenticator-challenge");
        byte[] peer = file.Octets("vector", "peer-challenge");
        byte[] user = file.Octets("vector", "user-name");
        byte[] password = file.Octets("vector", "password");
        byte[] challengeHash = new byte[8];
        byte[] hash = new byte[16];
        byte[] hashHash = new byte[16];
        byte[] response = new byte[24];
        byte[] proof = new byte[42];

        MsChapV2.ChallengeHash(authenticator, peer, user, challengeHash);
        NtHash.Compute(password, hash);
        NtHash.ComputeTwice(password, hashHash);
        MsChapV2.GenerateNtResponse(authenticator, peer, user, password, response);
        MsChapV2.GenerateAuthenticatorResponse(authenticator, peer, user, password, response, proof);

        Assert.Equal(file.Octets("vector", "challenge-hash"), challengeHash);
        Assert.Equal(file.Octets("vector", "password-hash"), hash);
        Assert.Equal(file.Octets("vector", "password-hash-hash"), hashHash);
        Assert.Equal(file.Octets("vector", "nt-response"), response);
        Assert.Equal(file.Octets("vector", "authenticator-response"), proof);
        Assert.True(MsChapV2.VerifyAuthenticatorResponse(proof, authenticator, peer, user, password, response));
        Assert.True(MsChapV2.VerifyNtResponse(response, authenticator, peer, user, password));
    }

    [Fact]
    [Requirement("RMS-3")]
    public void Rfc2759_9_3_hash_and_DES_keys_with_odd_parity()
    {
        VectorFile file = VectorFile.Load("rfc2759-9.3");
        byte[] hash = new byte[16];
        byte[] first = new byte[8];
        byte[] second = new byte[8];

        NtHash.Compute(file.Octets("vector", "password"), hash);
        DesBlock.ExpandKey(file.Octets("vector", "raw-key1"), first);
        DesBlock.ExpandKey(file.Octets("vector", "raw-key2"), second);

        Assert.Equal(file.Octets("vector", "password-hash"), hash);
        Assert.Equal(file.Octets("vector", "raw-key1"), hash[..7]);
        Assert.Equal(file.Octets("vector", "raw-key2"), hash[7..14]);
        Assert.Equal(file.Octets("vector", "des-key1"), first);
        Assert.Equal(file.Octets("vector", "des-key2"), second);
    }

    [Fact]
    public void Rfc2433_B_2_response_to_a_challenge_of_8_octets()
    {
        VectorFile file = VectorFile.Load("rfc2433-B.2");
        byte[] hash = new byte[16];
        byte[] response = new byte[24];

        NtHash.Compute(file.Octets("vector", "password"), hash);
        MsChapV2.ChallengeResponse(file.Octets("vector", "challenge"), hash, response);

        Assert.Equal(file.Octets("vector", "password-hash"), hash);
        Assert.Equal(file.Octets("vector", "nt-response"), response);
    }
}
