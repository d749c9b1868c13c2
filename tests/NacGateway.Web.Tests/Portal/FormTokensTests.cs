using System.Buffers.Text;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Web.Portal.Forms;
using Xunit;

namespace NacGateway.Web.Tests.Portal;

/// <summary>The signed field that stands in for a cookie.</summary>
public sealed class FormTokensTests
{
    private static readonly IPAddress Client = IPAddress.Parse("192.0.2.7");

    private readonly FakeTimeProvider _time = new();
    private readonly FormTokens _tokens;

    public FormTokensTests() => _tokens = new FormTokens(_time);

    [Fact]
    public void A_token_brings_back_what_it_was_made_about()
    {
        var text = _tokens.Issue(FormPurpose.LogOff, Client, "session-1é");

        Assert.Equal(FormTokenVerdict.Good, Check(text, FormPurpose.LogOff, out var token));
        Assert.Equal("session-1é", token.Subject);
    }

    [Fact]
    public void Each_rendering_has_a_token_of_its_own() =>
        Assert.NotEqual(_tokens.Issue(FormPurpose.SignIn, Client), _tokens.Issue(FormPurpose.SignIn, Client), StringComparer.Ordinal);

    [Fact]
    public void A_token_ends_with_its_lifetime()
    {
        var text = _tokens.Issue(FormPurpose.SignIn, Client);

        _time.Advance(FormTokens.Lifetime - TimeSpan.FromMilliseconds(1));
        Assert.Equal(FormTokenVerdict.Good, Check(text, FormPurpose.SignIn, out _));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(FormTokenVerdict.Expired, Check(text, FormPurpose.SignIn, out _));
        Assert.Equal(FormTokenVerdict.Good, _tokens.Check(text, FormPurpose.SignIn, Client, lifetime: null, out _));
    }

    [Fact]
    public void A_change_of_any_bit_is_noticed()
    {
        var octets = Base64Url.DecodeFromChars(_tokens.Issue(FormPurpose.SignIn, Client, "x"));

        for (var bit = 0; bit < octets.Length * 8; bit++)
        {
            octets[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(FormTokenVerdict.Forged, Check(Base64Url.EncodeToString(octets), FormPurpose.SignIn, out _));
            octets[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Equal(FormTokenVerdict.Good, Check(Base64Url.EncodeToString(octets), FormPurpose.SignIn, out _));
    }

    [Fact]
    public void A_token_is_of_one_client_one_form_and_one_process()
    {
        var text = _tokens.Issue(FormPurpose.SignIn, Client);

        Assert.Equal(FormTokenVerdict.Forged, _tokens.Check(text, FormPurpose.SignIn, IPAddress.Parse("192.0.2.8"), null, out _));
        Assert.Equal(FormTokenVerdict.Forged, Check(text, FormPurpose.Challenge, out _));
        Assert.Equal(FormTokenVerdict.Forged, new FormTokens(_time).Check(text, FormPurpose.SignIn, Client, null, out _));
        Assert.Equal(FormTokenVerdict.Good, _tokens.Check(text, FormPurpose.SignIn, Client.MapToIPv6(), null, out _));
    }

    [Theory]
    [InlineData(null, "Missing")]
    [InlineData("", "Missing")]
    [InlineData("AQ", "Forged")]
    [InlineData("not base 64!", "Forged")]
    [InlineData("ÄÖÜ", "Forged")]
    public void What_is_no_token_is_told_apart(string? text, string verdict) => Assert.Equal(verdict, Check(text, FormPurpose.SignIn, out _).ToString());

    [Fact]
    public void Random_text_is_never_a_token()
    {
        var random = new Random(20261123);
        for (var i = 0; i < 2_000; i++)
        {
            var octets = new byte[random.Next(1, 200)];
            random.NextBytes(octets);
            Assert.Equal(FormTokenVerdict.Forged, Check(Base64Url.EncodeToString(octets), FormPurpose.SignIn, out _));
        }
    }

    [Fact]
    public void A_fingerprint_tells_where_one_field_ends_and_the_next_begins()
    {
        Assert.Equal(_tokens.Fingerprint("alice", "secret"), _tokens.Fingerprint("alice", "secret"));
        Assert.NotEqual(_tokens.Fingerprint("alice", "secret"), _tokens.Fingerprint("alices", "ecret"));
    }

    private FormTokenVerdict Check(string? text, FormPurpose purpose, out FormToken token) => _tokens.Check(text, purpose, Client, FormTokens.Lifetime, out token);
}
