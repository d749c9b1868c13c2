using System.Globalization;
using NacGateway.Radius.Tests.Vectors;
using Xunit;

namespace NacGateway.Radius.Tests.Harness;

/// <summary><c>nac-harness decode</c>, run as a person runs it, on the packets that the RFCs print.</summary>
public sealed class DecodeTests
{
    private static readonly VectorFile Pap = VectorFile.Load("rfc2865-7.1");

    public static TheoryData<string, string> Packets() => new()
    {
        { "rfc2865-7.1", "request" },
        { "rfc2865-7.1", "accept" },
        { "rfc2865-7.2", "request" },
        { "rfc2865-7.3", "challenge" },
        { "rfc2865-7.3", "reject" },
        { "rfc5090-6", "1" },
        { "rfc5090-6", "4" },
        { "rfc5997-6.1", "request" },
        { "rfc5997-6.1", "response" },
    };

    [Theory]
    [MemberData(nameof(Packets))]
    public async Task Published_packet_is_explained_and_found_good(string vector, string section)
    {
        var file = VectorFile.Load(vector);

        var run = await HarnessRun.RunAsync(
            ["decode", "--json", Hex(file, section, "packet"), "--request-authenticator", Hex(file, section, "request-authenticator")],
            file.Text(section, "secret"));

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var packet = run.Json.GetProperty("packet");
        Assert.Equal(file.Number(section, "code"), packet.GetProperty("codeNumber").GetInt32());
        Assert.Equal(file.Number(section, "identifier"), packet.GetProperty("identifier").GetInt32());
        Assert.Equal(file.Number(section, "length"), packet.GetProperty("length").GetInt32());
        Assert.Equal(file.Has(section, "response-authenticator") ? "right" : null, Outcome(run, "Response Authenticator"));
        Assert.Equal(file.Has(section, "message-authenticator") ? "right" : "missing", Outcome(run, "Message-Authenticator"));
    }

    [Fact]
    public async Task Attributes_are_printed_by_name_and_the_password_is_not()
    {
        var run = await HarnessRun.RunAsync(["decode", Hex(Pap, "request", "packet")], "xyzzy5461");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Access-Request (1), identifier 0, 56 octets", run.Output, StringComparison.Ordinal);
        Assert.Contains("User-Name = \"nemo\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("User-Password = <hidden>", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("arctangent", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("xyzzy5461", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_is_revealed_to_who_has_the_secret_and_asks()
    {
        var run = await HarnessRun.RunAsync(["decode", "--reveal", Hex(Pap, "request", "packet")], "xyzzy5461");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("User-Password = arctangent", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revealing_needs_a_secret()
    {
        var run = await HarnessRun.RunAsync("decode", "--reveal", Hex(Pap, "request", "packet"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("NAC_HARNESS_SECRET", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Packet_is_read_from_standard_input_with_colons_and_lines()
    {
        var digits = Hex(Pap, "accept", "packet");
        var pasted = "0x" + string.Join(':', Enumerable.Range(0, digits.Length / 2).Select(octet => digits.Substring(2 * octet, 2))).Insert(30, "\n  ") + "\n";

        var run = await HarnessRun.RunAsync(["decode", "-", "--request-authenticator", Hex(Pap, "accept", "request-authenticator")], "xyzzy5461", pasted);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Response Authenticator: right", run.Output, StringComparison.Ordinal);
        Assert.Contains("Message-Authenticator: missing", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_under_another_secret_is_not_as_expected()
    {
        var run = await HarnessRun.RunAsync(["decode", "--json", Hex(Pap, "accept", "packet"), "--request-authenticator", Hex(Pap, "accept", "request-authenticator")], "another");

        Assert.Equal(1, run.ExitCode);
        Assert.False(run.Json.GetProperty("good").GetBoolean());
        Assert.Equal("wrong", Outcome(run, "Response Authenticator"));
    }

    [Fact]
    public async Task Without_a_secret_the_packet_is_explained_and_nothing_is_claimed()
    {
        var run = await HarnessRun.RunAsync("decode", "--json", Hex(VectorFile.Load("rfc5090-6"), "4", "packet"));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("unchecked", Outcome(run, "Response Authenticator"));
        Assert.Equal("unchecked", Outcome(run, "Message-Authenticator"));
    }

    [Fact]
    public async Task Packet_that_the_rfc_prints_wrongly_is_refused_at_its_octet_and_read_up_to_there()
    {
        var run = await HarnessRun.RunAsync("decode", Hex(VectorFile.Load("rfc2865-7.3"), "response-malformed", "packet"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("AttributeOverrun at octet 57: attribute 24 says it is 16 octets long, and 10 are left", run.Errors, StringComparison.Ordinal);
        Assert.Contains("User-Name = \"mopsy\"", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0100", "HeaderTruncated", 2)]
    [InlineData("0100001300000000000000000000000000000000", "LengthOutOfRange", 2)]
    [InlineData("010000160000000000000000000000000000000001", "Truncated", 21)]
    [InlineData("010000150000000000000000000000000000000001", "AttributeHeaderTruncated", 20)]
    [InlineData("0100001a0000000000000000000000000000000001036105010000", "AttributeLengthTooSmall", 23)]
    [InlineData("01000017000000000000000000000000000000000104ff", "AttributeOverrun", 20)]
    public async Task Garbage_is_refused_with_its_reason_and_place(string hex, string reason, int offset)
    {
        var run = await HarnessRun.RunAsync("decode", "--json", hex);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(reason, run.Json.GetProperty("fault").GetProperty("reason").GetString());
        Assert.Equal(offset, run.Json.GetProperty("fault").GetProperty("offset").GetInt32());
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task Octets_behind_the_packet_are_named_as_padding()
    {
        var run = await HarnessRun.RunAsync("decode", "--json", Hex(Pap, "accept", "packet") + "0000");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, run.Json.GetProperty("padding").GetInt32());
    }

    [Fact]
    public async Task Text_from_the_network_does_not_reach_the_terminal_raw()
    {
        // Reply-Message with an escape sequence that would clear the screen.
        var run = await HarnessRun.RunAsync("decode", "0200001a" + new string('0', 32) + "12061b5b324a");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Contains("[2J", run.Output, StringComparison.Ordinal);
    }

    private static string Hex(VectorFile file, string section, string name) => Convert.ToHexString(file.Octets(section, name)).ToLower(CultureInfo.InvariantCulture);

    private static string? Outcome(HarnessRun run, string what) =>
        run.Json.GetProperty("checks").EnumerateArray().Where(check => check.GetProperty("what").GetString() == what).Select(check => check.GetProperty("outcome").GetString()).SingleOrDefault();
}
