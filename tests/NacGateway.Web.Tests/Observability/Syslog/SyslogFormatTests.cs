using System.Text;
using Microsoft.Extensions.Options;
using NacGateway.Core.Sessions;
using NacGateway.TestKit;
using NacGateway.Web.Observability.Syslog;
using Xunit;

namespace NacGateway.Web.Tests.Observability.Syslog;

/// <summary>The octets of messages, read by a reader of the tests' own and by Wireshark's dissector.</summary>
public sealed class SyslogFormatTests
{
    private static readonly DateTimeOffset s_at = new(2026, 11, 26, 10, 0, 0, 7, TimeSpan.Zero);

    /// <summary>Each tries to end a value, an element, a line or a datagram, or to be read backwards.</summary>
    public static TheoryData<string> Hostile =>
    [
        "a\"] <34>1 forged", "a\\", "a\\\"", "]", "a\r\n<34>1 2026-11-26T10:00:00Z forged - - - - su root", "a\0b", "a\u2028b\u2029c\u0085d", "\u202eadmin", "\ufeffbom", "\ud83d\ude00 \ud83d", "zoë 東京", "\u007f\u009b31m",
        "%s%n%x", "' OR 1=1", new string('\u202e', 300), new string('"', 300), string.Concat(Enumerable.Repeat("\U000e0041", 300)), "",
    ];

    [Fact]
    public void A_message_is_as_RFC_5424_has_it()
    {
        var octets = Format(new SyslogOptions { HostName = "gw.example.org" }).Write(SyslogMessages.Of(Opened("alice")), 7);

        Assert.Equal(
            $"<86>1 2026-11-26T10:00:00.007Z gw.example.org nacgateway {Environment.ProcessId} session.opened [meta sequenceId=\"7\"][session@32473 id=\"0199\" user=\"alice\" client=\"10.0.0.7\" "
            + "station=\"02-00-5E-00-53-01\" server=\"main\" role=\"staff\" in=\"1\" out=\"2\"] \ufeffSession of alice at 10.0.0.7 began, accepted by main.",
            Encoding.UTF8.GetString(octets));
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void No_name_can_forge_anything(string name)
    {
        foreach (var transport in Enum.GetValues<SyslogTransport>())
        {
            var octets = Format(new SyslogOptions { Transport = transport }).Write(SyslogMessages.Of(Opened(name) with { ServerName = name, Role = name, CallingStationId = name }), 1);

            var read = SyslogRead.Parse(octets);
            Assert.InRange(octets.Length, 1, transport == SyslogTransport.Udp ? 2048 : 8192);
            Assert.Equal(("session.opened", 10, 6), (read.Id, read.Facility, read.Severity));
            Assert.Equal("meta session@32473", string.Join(' ', read.Elements.Keys));
            Assert.Equal(("0199", "10.0.0.7"), (read.Own["id"], read.Own["client"]));
            Assert.StartsWith("Session of ", read.Text, StringComparison.Ordinal);
            if (transport == SyslogTransport.Tls && name.Length is > 0 and < 100)
            {
                Assert.Equal(Shown(name), read.Own["user"]);
            }
        }
    }

    [Fact]
    public void Random_octets_as_names_make_whole_messages()
    {
        var random = new Random(5424);
        var format = Format(new SyslogOptions());
        for (var n = 0; n < 2000; n++)
        {
            var name = string.Create(random.Next(0, 300), random, static (text, dice) =>
            {
                foreach (ref var character in text)
                {
                    character = (char)(dice.Next(3) == 0 ? dice.Next(0x80) : dice.Next(0x10000));
                }
            });

            var octets = format.Write(SyslogMessages.Of(Opened(name) with { Role = name, Text = name }), n + 1);

            Assert.InRange(octets.Length, 1, 2048);
            Assert.Equal(n + 1, SyslogRead.Parse(octets).Sequence);
        }
    }

    [Fact]
    public void A_long_text_gives_way_and_its_last_character_is_whole()
    {
        var octets = Format(new SyslogOptions()).Write(SyslogMessages.Of(Opened("alice") with { Text = string.Concat(Enumerable.Repeat("\U0001f600", 2000)) }), 1);

        Assert.InRange(octets.Length, 2045, 2048);
        Assert.EndsWith("\U0001f600", SyslogRead.Parse(octets).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(int.MaxValue + 1L, 1)]
    public void The_number_stays_within_its_range(long sequence, long written) =>
        Assert.Equal(written, SyslogRead.Parse(Format(new SyslogOptions()).Write(SyslogMessages.Of(Opened("alice")), sequence)).Sequence);

    [Fact]
    public async Task The_dissector_of_Wireshark_reads_every_field()
    {
        var format = Format(new SyslogOptions { Facility = SyslogFacility.Local3, HostName = "gw.example.org", AppName = "nac", EnterpriseNumber = 99999 });
        ReadOnlyMemory<byte>[] messages = [.. Hostile.Select((name, index) => (ReadOnlyMemory<byte>)format.Write(SyslogMessages.Of(Opened(name)), index + 1))];

        var read = await TsharkDissector.FieldsAsync(
            messages, "syslog", ["syslog.facility", "syslog.level", "syslog.version", "syslog.hostname", "syslog.appname", "syslog.procid", "syslog.msgid"], TestContext.Current.CancellationToken);

        Assert.Equal(messages.Length, read.Count);
        Assert.All(read, fields => Assert.Equal(["19", "6", "1", "gw.example.org", "nac", $"{Environment.ProcessId}"], fields[..6]));

        // It takes structured data and text for a part of MSGID.
        Assert.All(read.Index(), fields => Assert.StartsWith($"session.opened [meta sequenceId=\"{fields.Index + 1}\"][session@99999 id=\"0199\" user=\"", fields.Item[6], StringComparison.Ordinal));
    }

    private static SyslogFormat Format(SyslogOptions options) => new(Options.Create(options));

    private static SessionNotice Opened(string user) => new()
    {
        At = s_at,
        Kind = SessionNoticeKind.Opened,
        AcctSessionId = "0199",
        UserName = user,
        ClientAddress = "10.0.0.7",
        CallingStationId = "02-00-5E-00-53-01",
        ServerName = "main",
        Role = "staff",
        InputOctets = 1,
        OutputOctets = 2,
        Text = "accepted by main",
    };

    /// <summary>What a reader gets: the same, with what cannot be seen by its number.</summary>
    private static string Shown(string name) => string.Concat(name.EnumerateRunes().Select(rune =>
        char.IsControl((char)Math.Min(rune.Value, 0xffff)) || rune.Value is 0x2028 or 0x2029 or 0x202e or 0xfeff ? $"\\u{rune.Value:x4}" : rune.ToString()));
}
