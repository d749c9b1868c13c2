using System.Text;
using NacGateway.Radius.Crypto;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Crypto;

/// <summary>User-Password, CHAP and the salted attributes beyond what the RFCs print.</summary>
public sealed class HidingTests
{
    private static readonly byte[] Secret = "secret"u8.ToArray();
    private static readonly byte[] Authenticator = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];

    [Theory]
    [InlineData(0, 16)]
    [InlineData(1, 16)]
    [InlineData(15, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    [InlineData(32, 32)]
    [InlineData(33, 48)]
    [InlineData(128, 128)]
    [Requirement("RPW-1")]
    public void Password_of_any_length_comes_back(int length, int hiddenLength)
    {
        byte[] password = Encoding.ASCII.GetBytes(new string('x', length));
        byte[] hidden = new byte[128];
        byte[] revealed = new byte[128];

        int written = UserPassword.Hide(password, Secret, Authenticator, hidden);
        bool isRevealed = UserPassword.TryReveal(hidden.AsSpan(0, written), Secret, Authenticator, revealed, out int revealedLength);

        Assert.Equal(hiddenLength, written);
        Assert.Equal(hiddenLength, UserPassword.HiddenLength(length));
        Assert.True(isRevealed);
        Assert.Equal(password, revealed[..revealedLength]);
    }

    [Fact]
    [Requirement("RPW-1")]
    public void Second_block_is_chained_to_the_first_ciphertext()
    {
        byte[] password = Encoding.ASCII.GetBytes("0123456789abcdefSECOND");
        byte[] hidden = new byte[32];
        byte[] stream = new byte[16];

        UserPassword.Hide(password, Secret, Authenticator, hidden);

        RadiusDigest.Md5(Secret, hidden.AsSpan(0, 16), stream);
        Assert.Equal("SECOND"u8.ToArray(), hidden[16..22].Zip(stream, (a, b) => (byte)(a ^ b)));
    }

    [Fact]
    [Requirement("RPW-2")]
    public void Password_over_128_octets_is_refused_and_never_cut()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => UserPassword.Hide(new byte[129], Secret, Authenticator, new byte[256]));
        Assert.Throws<ArgumentOutOfRangeException>(() => UserPassword.HiddenLength(129));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(144)]
    public void Hidden_password_of_another_size_is_not_revealed(int length)
    {
        Assert.False(UserPassword.TryReveal(new byte[length], Secret, Authenticator, new byte[256], out int revealed));
        Assert.Equal(0, revealed);
    }

    [Fact]
    [Requirement("RCHAP-1")]
    public void CHAP_with_a_challenge_of_its_own_and_any_wrong_part()
    {
        byte[] value = new byte[17];
        value[0] = 9;
        ChapPassword.Compute(9, "pass"u8, "challenge"u8, value.AsSpan(1));

        Assert.True(ChapPassword.Verify(value, "pass"u8, "challenge"u8));
        Assert.False(ChapPassword.Verify(value, "pasS"u8, "challenge"u8));
        Assert.False(ChapPassword.Verify(value, "pass"u8, "challengE"u8));
        Assert.False(ChapPassword.Verify([8, .. value[1..]], "pass"u8, "challenge"u8));
        Assert.False(ChapPassword.Verify(value.AsSpan(0, 16), "pass"u8, "challenge"u8));
    }

    [Theory]
    [InlineData(0, 18)]
    [InlineData(1, 18)]
    [InlineData(15, 18)]
    [InlineData(16, 34)]
    [InlineData(239, 242)]
    [Requirement("RMS-7")]
    public void Salted_text_of_any_length_comes_back(int length, int encryptedLength)
    {
        byte[] text = [.. Enumerable.Range(0, length).Select(value => (byte)value)];
        byte[] encrypted = new byte[SaltEncryption.EncryptedLength(length)];
        byte[] decrypted = new byte[240];

        int written = SaltEncryption.Encrypt(text, 0x1234, Secret, Authenticator, encrypted);
        bool isDecrypted = SaltEncryption.TryDecrypt(encrypted, Secret, Authenticator, decrypted, out int decryptedLength);

        Assert.Equal(encryptedLength, written);
        Assert.Equal(0x92, encrypted[0]);
        Assert.Equal(0x34, encrypted[1]);
        Assert.True(isDecrypted);
        Assert.Equal(text, decrypted[..decryptedLength]);
    }

    [Fact]
    [Requirement("RMS-7")]
    public void First_salted_block_is_enciphered_with_secret_authenticator_and_salt()
    {
        byte[] encrypted = new byte[18];
        byte[] stream = new byte[16];

        SaltEncryption.Encrypt("key"u8, 0x8001, Secret, Authenticator, encrypted);

        RadiusDigest.Md5(Secret, [.. Authenticator, 0x80, 0x01], stream);
        byte[] clear = [.. encrypted[2..].Zip(stream, (a, b) => (byte)(a ^ b))];
        Assert.Equal([3, .. "key"u8, .. new byte[12]], clear);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(19)]
    public void Salted_value_of_another_size_is_not_deciphered(int length) =>
        Assert.False(SaltEncryption.TryDecrypt(new byte[length], Secret, Authenticator, new byte[256], out _));

    [Fact]
    public void Inner_length_beyond_the_ciphertext_is_not_believed()
    {
        byte[] encrypted = new byte[18];
        SaltEncryption.Encrypt("key"u8, 1, Secret, Authenticator, encrypted);
        encrypted[2] ^= 3 ^ 16;

        Assert.False(SaltEncryption.TryDecrypt(encrypted, Secret, Authenticator, new byte[256], out _));
    }
}
