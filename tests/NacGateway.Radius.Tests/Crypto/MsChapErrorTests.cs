using System.Text;
using NacGateway.Radius.Crypto;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Crypto;

public sealed class MsChapErrorTests
{
    private const string Challenge = "000102030405060708090A0B0C0D0E0F";

    [Theory]
    [InlineData(646, MsChapErrorCode.RestrictedLogonHours)]
    [InlineData(647, MsChapErrorCode.AccountDisabled)]
    [InlineData(648, MsChapErrorCode.PasswordExpired)]
    [InlineData(649, MsChapErrorCode.NoDialInPermission)]
    [InlineData(691, MsChapErrorCode.AuthenticationFailure)]
    [InlineData(709, MsChapErrorCode.ChangingPasswordFailed)]
    [InlineData(12345, (MsChapErrorCode)12345)]
    [Requirement("RMS-6")]
    public void Every_field_is_read(int number, MsChapErrorCode code)
    {
        bool isRead = MsChapError.TryParse([5, .. Encoding.UTF8.GetBytes($"E={number} R=1 C={Challenge} V=3 M=Some text, with E=1 in it")], out MsChapError? error);

        Assert.True(isRead);
        Assert.NotNull(error);
        Assert.Equal(5, error.Ident);
        Assert.Equal(code, error.Code);
        Assert.True(error.RetryAllowed);
        Assert.Equal(Challenge, Convert.ToHexString(error.Challenge.Span));
        Assert.Equal(3, error.Version);
        Assert.Equal("Some text, with E=1 in it", error.Message);
    }

    [Theory]
    [InlineData("E=648 R=0 V=3")]
    [InlineData("E=648")]
    [InlineData("V=3 R=0 E=648")]
    [InlineData("E=648  R=0 X=unknown C=nothex V=x")]
    [InlineData("E=648 R=0 C=ZZ0102030405060708090A0B0C0D0E0F")]
    [Requirement("RMS-6")]
    public void Missing_unknown_and_damaged_fields_leave_the_code_readable(string text)
    {
        Assert.True(MsChapError.TryParse([0, .. Encoding.UTF8.GetBytes(text)], out MsChapError? error));

        Assert.Equal(MsChapErrorCode.PasswordExpired, error.Code);
        Assert.False(error.RetryAllowed);
        Assert.True(error.Challenge.IsEmpty);
        Assert.Equal("", error.Message);
    }

    [Fact]
    public void Ident_that_a_server_left_out_is_not_missed()
    {
        Assert.True(MsChapError.TryParse("E=691 R=0"u8, out MsChapError? error));

        Assert.Equal(MsChapErrorCode.AuthenticationFailure, error.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("\0R=1 V=3 M=E=648")]
    [InlineData("\0E=")]
    [InlineData("\0E=abc R=0")]
    [InlineData("\0E=-1 R=0")]
    [InlineData("\0E=99999999999")]
    public void Text_without_a_code_is_no_error(string text)
    {
        Assert.False(MsChapError.TryParse(Encoding.UTF8.GetBytes(text), out MsChapError? error));

        Assert.Null(error);
    }

    [Fact]
    public void Format_writes_what_TryParse_reads()
    {
        var error = new MsChapError { Ident = 3, Code = MsChapErrorCode.PasswordExpired, RetryAllowed = true, Challenge = Convert.FromHexString(Challenge), Version = 3, Message = "Password expired" };

        byte[] written = error.Format();

        Assert.Equal([3, .. Encoding.UTF8.GetBytes($"E=648 R=1 C={Challenge} V=3 M=Password expired")], written);
    }

    [Fact]
    public void Message_too_long_for_the_attribute_is_cut()
    {
        byte[] written = new MsChapError { Code = MsChapErrorCode.AccountDisabled, Message = new string('x', 500) }.Format();

        Assert.Equal(247, written.Length);
        Assert.True(MsChapError.TryParse(written, out _));
    }
}
