using System.Text;
using NacGateway.Core.Administration;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Administration;

/// <summary>The test vectors of RFC 6238, and which codes are taken when.</summary>
public sealed class TimeCodeTests
{
    private static readonly byte[] s_secret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238 appendix B, SHA-1, of which six digits are used.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void The_codes_are_those_of_the_rfc(long seconds, string eightDigits) =>
        Assert.Equal(eightDigits[2..], TimeCode.Of(s_secret, TimeCode.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_differ_by_half_a_minute(int steps, bool isTaken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

        var step = TimeCode.Match(s_secret, TimeCode.Of(s_secret, TimeCode.StepAt(now) + steps), now, lastStep: 0);

        Assert.Equal(isTaken ? TimeCode.StepAt(now) + steps : null, step);
    }

    [Fact]
    public void No_code_is_taken_twice_and_none_before_the_last()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        var step = TimeCode.StepAt(now);

        Assert.Null(TimeCode.Match(s_secret, TimeCode.Of(s_secret, step), now, lastStep: step));
        Assert.Null(TimeCode.Match(s_secret, TimeCode.Of(s_secret, step - 1), now, lastStep: step));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("abcdef")]
    public void What_is_no_code_is_not_taken(string code) =>
        Assert.Null(TimeCode.Match(s_secret, code, DateTimeOffset.UnixEpoch.AddYears(50), lastStep: 0));

    /// <summary>RFC 4648 section 10.</summary>
    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void The_secret_is_written_in_base_32(string octets, string text)
    {
        Assert.Equal(text, TimeCode.Words(Encoding.ASCII.GetBytes(octets)).Replace(" ", "", StringComparison.Ordinal));
        Assert.EndsWith($"?secret={text}&issuer=NacGateway", TimeCode.Link("a b", Encoding.ASCII.GetBytes(octets)), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_installations_have_two_keys_and_neither_opens_what_the_other_sealed()
    {
        using var folder = new TemporaryFolder("keys");
        var one = new SecretBox(folder["one/desk.key"]);
        var other = new SecretBox(folder["other/desk.key"]);

        var boxed = one.Seal("secret"u8, "purpose");

        Assert.Equal("secret"u8.ToArray(), new SecretBox(folder["one/desk.key"]).Open(boxed, "purpose"));
        Assert.Null(other.Open(boxed, "purpose"));
        Assert.Null(one.Open(boxed, "another purpose"));
        boxed[^1] ^= 1;
        Assert.Null(one.Open(boxed, "purpose"));
        Assert.Null(one.Open([], "purpose"));
    }

    [Theory]
    [InlineData("ada", true)]
    [InlineData("José 🐙", true)]
    [InlineData("", false)]
    [InlineData(" ada", false)]
    [InlineData("a\u202Eb", false)]
    [InlineData("a\u0000b", false)]
    [InlineData("a\uD83Db", false)]
    [InlineData("Gateway", false)]
    [InlineData("command line", false)]
    [InlineData("KEY of ada", false)]
    public void A_name_is_what_people_can_see_and_means_nothing_else(string name, bool isGood) =>
        Assert.Equal(isGood, AdminNames.Problem(name) is null);
}
