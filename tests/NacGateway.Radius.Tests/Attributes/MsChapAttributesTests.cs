using NacGateway.Radius.Attributes;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Tests.Vectors;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Attributes;

/// <summary>MS-CHAPv2 as attributes, with the exchange of RFC 2759 section 9.2.</summary>
public sealed class MsChapAttributesTests
{
    private readonly VectorFile _vector = VectorFile.Load("rfc2759-9.2");
    private readonly RadiusPacket _request = new(RadiusCode.AccessRequest);
    private readonly RadiusPacket _accept = new(RadiusCode.AccessAccept);

    public MsChapAttributesTests() =>
        _request.AddMsChap2Response(5, _vector.Octets("vector", "authenticator-challenge"), _vector.Octets("vector", "peer-challenge"), "User"u8, "clientPass"u8);

    [Fact]
    [Requirement("RMS-1")]
    public void Request_carries_the_published_exchange()
    {
        Assert.True(_request.Attributes.TryGetVendor(311, 11, out ReadOnlySpan<byte> challenge));
        Assert.True(_request.Attributes.TryGetVendor(311, 25, out ReadOnlySpan<byte> response));

        Assert.Equal(_vector.Octets("vector", "authenticator-challenge"), challenge.ToArray());
        Assert.Equal([5, 0, .. _vector.Octets("vector", "peer-challenge"), .. new byte[8], .. _vector.Octets("vector", "nt-response")], response.ToArray());
    }

    [Fact]
    [Requirement("RMS-4")]
    public void Server_verifies_and_its_proof_satisfies_the_client()
    {
        Assert.True(_request.VerifyMsChap2Response("User"u8, "clientPass"u8));
        Assert.False(_request.VerifyMsChap2Response("User"u8, "wrong"u8));
        Assert.False(_request.VerifyMsChap2Response("Other"u8, "clientPass"u8));

        _accept.AddMsChap2Success(_request, "User"u8, "clientPass"u8);

        Assert.True(_accept.Attributes.TryGetVendor(311, 26, out ReadOnlySpan<byte> success));
        Assert.Equal([5, .. _vector.Octets("vector", "authenticator-response")], success.ToArray());
        Assert.True(_accept.VerifyMsChap2Success(_request, "User"u8, "clientPass"u8));
        Assert.False(_accept.VerifyMsChap2Success(_request, "User"u8, "wrong"u8));
    }

    [Fact]
    public void Proof_that_is_missing_empty_or_for_another_ident_is_none()
    {
        Assert.False(_accept.VerifyMsChap2Success(_request, "User"u8, "clientPass"u8));

        _accept.Attributes.AddVendor(311, 26, [6, .. _vector.Octets("vector", "authenticator-response")]);
        Assert.False(_accept.VerifyMsChap2Success(_request, "User"u8, "clientPass"u8));

        var empty = new RadiusPacket(RadiusCode.AccessAccept);
        empty.Attributes.AddVendor(311, 26, []);
        Assert.False(empty.VerifyMsChap2Success(_request, "User"u8, "clientPass"u8));
    }

    [Theory]
    [InlineData(8, 50)]
    [InlineData(16, 49)]
    [InlineData(16, 51)]
    [InlineData(17, 50)]
    [Requirement("RMS-1")]
    public void Exchange_of_the_wrong_size_is_none(int challengeLength, int responseLength)
    {
        var request = new RadiusPacket(RadiusCode.AccessRequest);
        request.Attributes.AddVendor(311, 11, new byte[challengeLength]);
        request.Attributes.AddVendor(311, 25, new byte[responseLength]);

        Assert.False(request.VerifyMsChap2Response("User"u8, "clientPass"u8));
        Assert.Throws<ArgumentException>(() => _accept.AddMsChap2Success(request, "User"u8, "clientPass"u8));
    }

    [Fact]
    public void Expired_password_is_read_from_a_reject()
    {
        var reject = new RadiusPacket(RadiusCode.AccessReject);
        Assert.Null(reject.GetMsChapError());

        reject.Attributes.AddVendor(311, 2, new MsChapError { Code = MsChapErrorCode.PasswordExpired, Version = 3, Message = "Password expired" }.Format());

        Assert.Equal(MsChapErrorCode.PasswordExpired, reject.GetMsChapError()?.Code);
    }
}
