using System.Text;
using NacGateway.Radius.Crypto;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Crypto;

public sealed class MsChapTests
{
    private static readonly byte[] Authenticator = Convert.FromHexString("5b5d7c7d7b3f2f3e3c2c602132262628");
    private static readonly byte[] Peer = Convert.FromHexString("21402324255e262a28295f2b3a337c7e");

    [Fact]
    [Requirement("RMS-2")]
    public void Domain_before_the_name_does_not_change_the_response()
    {
        byte[] plain = new byte[24];
        byte[] withDomain = new byte[24];

        MsChapV2.GenerateNtResponse(Authenticator, Peer, "User"u8, "clientPass"u8, plain);
        MsChapV2.GenerateNtResponse(Authenticator, Peer, "EXAMPLE\\User"u8, "clientPass"u8, withDomain);

        Assert.Equal(plain, withDomain);
    }

    [Fact]
    [Requirement("RMS-3")]
    public void Password_is_hashed_as_UTF_16_and_not_as_its_octets()
    {
        byte[] expected = new byte[16];
        byte[] hash = new byte[16];
        NtHash.Md4(Encoding.Unicode.GetBytes("pässwörd€😀"), expected);

        NtHash.Compute("pässwörd€😀"u8, hash);

        Assert.Equal(expected, hash);
    }

    [Fact]
    public void Authenticator_response_is_right_only_in_every_octet()
    {
        byte[] response = new byte[24];
        byte[] proof = new byte[42];
        MsChapV2.GenerateNtResponse(Authenticator, Peer, "User"u8, "clientPass"u8, response);
        MsChapV2.GenerateAuthenticatorResponse(Authenticator, Peer, "User"u8, "clientPass"u8, response, proof);

        for (int i = 0; i < proof.Length; i++)
        {
            byte[] wrong = [.. proof];
            wrong[i] ^= 1;
            Assert.False(MsChapV2.VerifyAuthenticatorResponse(wrong, Authenticator, Peer, "User"u8, "clientPass"u8, response));
        }

        Assert.True(MsChapV2.VerifyAuthenticatorResponse([.. proof, .. " M=Welcome"u8], Authenticator, Peer, "User"u8, "clientPass"u8, response));
        Assert.False(MsChapV2.VerifyAuthenticatorResponse(proof, Authenticator, Peer, "User"u8, "wrong"u8, response));
        Assert.False(MsChapV2.VerifyAuthenticatorResponse(proof.AsSpan(0, 41), Authenticator, Peer, "User"u8, "clientPass"u8, response));
    }

    [Fact]
    public void Response_of_the_wrong_size_or_password_is_refused()
    {
        byte[] response = new byte[24];
        MsChapV2.GenerateNtResponse(Authenticator, Peer, "User"u8, "clientPass"u8, response);

        Assert.True(MsChapV2.VerifyNtResponse(response, Authenticator, Peer, "User"u8, "clientPass"u8));
        Assert.False(MsChapV2.VerifyNtResponse(response, Authenticator, Peer, "User"u8, "clientPass2"u8));
        Assert.False(MsChapV2.VerifyNtResponse(response.AsSpan(0, 23), Authenticator, Peer, "User"u8, "clientPass"u8));
        Assert.False(MsChapV2.VerifyNtResponse(response, Authenticator.AsSpan(0, 8), Peer, "User"u8, "clientPass"u8));
    }

    [Fact]
    [Requirement("RMS-3")]
    public void Password_whose_third_DES_key_is_weak_signs_in()
    {
        // The NT hash of this password ends in two zero octets, so that the third key is 56 zero bits.
        byte[] hash = new byte[16];
        byte[] response = new byte[24];
        NtHash.Compute("weak-90346"u8, hash);
        Assert.Equal([0, 0], hash[14..]);

        MsChapV2.GenerateNtResponse(Authenticator, Peer, "User"u8, "weak-90346"u8, response);

        // DES under that key of the challenge hash of RFC 2759 section 9.2, which the name and the challenges give.
        Assert.Equal("651B607991F4DB3F", Convert.ToHexString(response.AsSpan(16)));
        Assert.True(MsChapV2.VerifyNtResponse(response, Authenticator, Peer, "User"u8, "weak-90346"u8));
    }

    [Theory]
    [InlineData("0101010101010101", "8CA64DE9C1B123A7")]
    [InlineData("FEFEFEFEFEFEFEFE", "CAAAAF4DEAF1DBAE")]
    [InlineData("1F1F1F1F0E0E0E0E", null)]
    [InlineData("E0E0E0E0F1F1F1F1", null)]
    public void Weak_key_enciphers_and_is_its_own_inverse(string key, string? cipherOfZeros)
    {
        byte[] raw = RawKey(Convert.FromHexString(key));
        byte[] once = new byte[8];
        byte[] twice = new byte[8];

        DesBlock.Encrypt(raw, new byte[8], once);
        DesBlock.Encrypt(raw, once, twice);

        Assert.Equal(cipherOfZeros ?? Convert.ToHexString(once), Convert.ToHexString(once));
        Assert.NotEqual(new byte[8], once);
        Assert.Equal(new byte[8], twice);
    }

    [Theory]
    [InlineData("01FE01FE01FE01FE", "FE01FE01FE01FE01")]
    [InlineData("1FE01FE00EF10EF1", "E01FE01FF10EF10E")]
    [InlineData("01E001E001F101F1", "E001E001F101F101")]
    [InlineData("1FFE1FFE0EFE0EFE", "FE1FFE1FFE0EFE0E")]
    [InlineData("011F011F010E010E", "1F011F010E010E01")]
    [InlineData("E0FEE0FEF1FEF1FE", "FEE0FEE0FEF1FEF1")]
    public void Semi_weak_keys_of_a_pair_undo_each_other(string first, string second)
    {
        byte[] once = new byte[8];
        byte[] twice = new byte[8];

        DesBlock.Encrypt(RawKey(Convert.FromHexString(first)), "8 octets"u8, once);
        DesBlock.Encrypt(RawKey(Convert.FromHexString(second)), once, twice);

        Assert.NotEqual("8 octets"u8.ToArray(), once);
        Assert.Equal("8 octets"u8.ToArray(), twice);
    }

    /// <summary>The 56 bits of a key without its parity bits.</summary>
    private static byte[] RawKey(byte[] key)
    {
        ulong bits = key.Aggregate(0UL, (sum, octet) => (sum << 7) | (uint)(octet >> 1));
        return [.. Enumerable.Range(0, 7).Select(i => (byte)(bits >> (48 - (8 * i))))];
    }
}
