using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;

namespace NacGateway.Radius.Crypto;

/// <summary>One block of DES under a key of 7 octets, as MS-CHAP uses it (RFC 2759 section 8.6).</summary>
internal static class DesBlock
{
    public const int BlockLength = 8;
    public const int RawKeyLength = 7;

    // Any two different keys that are not weak: they cancel out.
    private static readonly byte[] FirstAuxiliaryKey = [0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF];
    private static readonly byte[] SecondAuxiliaryKey = [0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0x01];

    /// <summary>Spreads 56 bits over 8 octets and sets odd parity in each octet's last bit.</summary>
    public static void ExpandKey(ReadOnlySpan<byte> raw, Span<byte> key)
    {
        ulong bits = 0;
        foreach (byte octet in raw[..RawKeyLength])
        {
            bits = (bits << 8) | octet;
        }

        for (int i = 0; i < BlockLength; i++)
        {
            int seven = (int)(bits >> (49 - (7 * i))) & 0x7F;
            key[i] = (byte)((seven << 1) | (~BitOperations.PopCount((uint)seven) & 1));
        }
    }

    public static void Encrypt(ReadOnlySpan<byte> rawKey, ReadOnlySpan<byte> clear, Span<byte> cipher)
    {
        byte[] key = new byte[BlockLength];
        ExpandKey(rawKey, key);
        try
        {
            if (IsRefused(key))
            {
                EncryptWithWeakKey(key, clear, cipher);
            }
            else
            {
                SingleEncrypt(key, clear, cipher);
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    [SuppressMessage("Security", "CA5351", Justification = "RFC 2759 section 8.6 prescribes DES.")]
    private static bool IsRefused(byte[] key) => DES.IsWeakKey(key) || DES.IsSemiWeakKey(key);

    /// <summary>
    /// The framework refuses weak keys, and the third key of MS-CHAP is one for every 65536th password: its last five octets are always
    /// zero. Triple DES is E(w) D(b) E(a), so feeding it D(a) E(b) of the block leaves E(w) alone, and it does not look at w.
    /// </summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 2759 section 8.6 prescribes DES.")]
    private static void EncryptWithWeakKey(byte[] key, ReadOnlySpan<byte> clear, Span<byte> cipher)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        SingleEncrypt(SecondAuxiliaryKey, clear, block);
        SingleDecrypt(FirstAuxiliaryKey, block);
        using var triple = TripleDES.Create();
        triple.Key = [.. FirstAuxiliaryKey, .. SecondAuxiliaryKey, .. key];
        triple.EncryptEcb(block, cipher, PaddingMode.None);
    }

    [SuppressMessage("Security", "CA5351", Justification = "RFC 2759 section 8.6 prescribes DES.")]
    private static void SingleEncrypt(byte[] key, ReadOnlySpan<byte> clear, Span<byte> cipher)
    {
        using var des = DES.Create();
        des.Key = key;
        des.EncryptEcb(clear, cipher, PaddingMode.None);
    }

    [SuppressMessage("Security", "CA5351", Justification = "RFC 2759 section 8.6 prescribes DES.")]
    private static void SingleDecrypt(byte[] key, Span<byte> block)
    {
        using var des = DES.Create();
        des.Key = key;
        des.DecryptEcb(block, block, PaddingMode.None);
    }
}
