using NacGateway.Radius.Crypto;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Vectors;

/// <summary>The keys of RFC 3079, with the RC4 samples that prove the session keys.</summary>
public sealed class MppeVectorTests
{
    [Theory]
    [InlineData("rfc3079-3.5.1", "vector", 40, 8)]
    [InlineData("rfc3079-3.5.2", "keys", 56, 8)]
    [InlineData("rfc3079-3.5.3", "vector", 128, 16)]
    public void Rfc3079_3_5_send_keys_of_the_server(string name, string section, int bits, int length)
    {
        VectorFile file = VectorFile.Load(name);
        byte[] master = new byte[16];
        byte[] start = new byte[length];
        byte[] session = new byte[length];
        string prefix = bits == 128 ? "server-send" : "send";

        MppeKeys.MasterKey(file.Octets(section, "password-hash-hash"), file.Octets(section, "nt-response"), master);
        MppeKeys.ServerStartKey(master, isSend: true, start);
        MppeKeys.SessionKey(start, bits, session);

        Assert.Equal(file.Octets(section, $"{prefix}-start-key{bits}"), start);
        Assert.Equal(file.Octets(section, $"{prefix}-session-key{bits}"), session);
        if (file.Has(section, "master-key"))
        {
            Assert.Equal(file.Octets(section, "master-key"), master);
        }

        if (file.Has(section, "rc4-ciphertext"))
        {
            Assert.Equal(file.Octets(section, "rc4-ciphertext"), Rc4(session, "test message"u8.ToArray()));
        }
    }

    [Fact]
    [Requirement("RMS-7")]
    public void Rfc3079_3_5_3_both_keys_from_the_password()
    {
        VectorFile file = VectorFile.Load("rfc3079-3.5.3");
        byte[] send = new byte[16];
        byte[] receive = new byte[16];

        MppeKeys.Derive(VectorFile.Load("rfc2759-9.2").Octets("vector", "password"), file.Octets("vector", "nt-response"), send, receive);

        Assert.Equal(file.Octets("vector", "server-send-start-key128"), send);
        Assert.Equal(file.Octets("vector", "server-recv-start-key128"), receive);
    }

    [Fact]
    public void Rfc3079_2_5_3_keys_of_MS_CHAP_version_1()
    {
        VectorFile file = VectorFile.Load("rfc3079-2.5.3");
        byte[] hashHash = new byte[16];
        byte[] initial = new byte[16];
        byte[] current = new byte[16];

        NtHash.ComputeTwice(file.Octets("vector", "password"), hashHash);
        MppeKeys.InitialSessionKey(file.Octets("vector", "challenge"), hashHash, initial);
        MppeKeys.SessionKey(initial, 128, current);

        Assert.Equal(file.Octets("vector", "initial-session-key"), initial);
        Assert.Equal(file.Octets("vector", "current-session-key"), current);
    }

    /// <summary>RC4, which only these samples need.</summary>
    private static byte[] Rc4(byte[] key, byte[] text)
    {
        byte[] state = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        for (int i = 0, j = 0; i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 0xFF;
            (state[i], state[j]) = (state[j], state[i]);
        }

        int x = 0;
        int y = 0;
        return [.. text.Select(octet =>
        {
            x = (x + 1) & 0xFF;
            y = (y + state[x]) & 0xFF;
            (state[x], state[y]) = (state[y], state[x]);
            return (byte)(octet ^ state[(state[x] + state[y]) & 0xFF]);
        })];
    }
}
