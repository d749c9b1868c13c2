using NacGateway.Radius.Crypto;
using Xunit;

namespace NacGateway.Radius.Tests.Vectors;

/// <summary>The digests that all the rest stands on: RFC 1320, RFC 1321 and RFC 2202.</summary>
public sealed class DigestVectorTests
{
    public static TheoryData<string> Md4() => [.. VectorFile.Load("rfc1320-A.5").Sections];

    public static TheoryData<string> Md5() => [.. VectorFile.Load("rfc1321-A.5").Sections];

    public static TheoryData<string> HmacMd5() => [.. VectorFile.Load("rfc2202-2").Sections];

    [Theory]
    [MemberData(nameof(Md4))]
    public void Rfc1320_A_5_MD4(string section)
    {
        VectorFile file = VectorFile.Load("rfc1320-A.5");
        byte[] digest = new byte[16];

        NtHash.Md4(file.Octets(section, "input-ascii"), digest);

        Assert.Equal(file.Octets(section, "md4"), digest);
    }

    [Theory]
    [MemberData(nameof(Md5))]
    public void Rfc1321_A_5_MD5_in_one_part_and_in_two(string section)
    {
        VectorFile file = VectorFile.Load("rfc1321-A.5");
        byte[] input = file.Octets(section, "input-ascii");
        byte[] digest = new byte[16];
        byte[] fromTwo = new byte[16];

        RadiusDigest.Md5(input, digest);
        RadiusDigest.Md5(input.AsSpan(0, input.Length / 2), input.AsSpan(input.Length / 2), fromTwo);

        Assert.Equal(file.Octets(section, "md5"), digest);
        Assert.Equal(digest, fromTwo);
    }

    [Theory]
    [MemberData(nameof(HmacMd5))]
    public void Rfc2202_2_HMAC_MD5(string section)
    {
        VectorFile file = VectorFile.Load("rfc2202-2");
        byte[] digest = new byte[16];

        RadiusDigest.HmacMd5(file.Octets(section, "key"), file.Octets(section, "data"), digest);

        Assert.Equal(file.Octets(section, "hmac-md5"), digest);
    }
}
