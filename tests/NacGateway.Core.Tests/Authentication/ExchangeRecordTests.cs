using System.Net;
using System.Text;
using NacGateway.Core.Authentication;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

public sealed class ExchangeRecordTests
{
    private const string Needle = "needle-in-a-haystack";

    private static readonly byte[] s_needle = Encoding.UTF8.GetBytes(Needle);

    [Fact]
    public void A_record_says_what_was_asked_and_answered_attribute_by_attribute()
    {
        var result = Result(
            request =>
            {
                request.UserName = "alice";
                request.NasPortType = NasPortType.Wireless80211;
                request.FramedIpAddress = IPAddress.Parse("192.0.2.7");
            },
            reply =>
            {
                reply.SessionTimeout = 600;
                reply.Attributes.AddVendor(14122, 4, "https://example.org/"u8);
            });

        var record = Read(ExchangeWriter.Write(result, [])!);

        Assert.Equal((ExchangeStatus.Answered, "first", 2, TimeSpan.FromMilliseconds(37)), (record.Status, record.ServerName, record.Sends, record.Elapsed));
        Assert.Equal(("Access-Request", 7, result.Request!.EncodedLength), (record.Request!.Name, record.Request.Identifier, record.Request.Octets));
        Assert.Equal(["User-Name = \"alice\"", "NAS-Port-Type = Wireless-802.11", "Framed-IP-Address = 192.0.2.7"], Lines(record.Request).ToArray());
        Assert.Equal(["Session-Timeout = 600", "WISPr-Redirection-URL = \"https://example.org/\""], Lines(record.Reply!).ToArray());
        Assert.Equal(["RADIUS", "WISPr"], record.Reply!.Attributes.Select(attribute => attribute.Source).ToArray());
        Assert.Equal([("second", ExchangeStatus.TimedOut, "it does not answer"), ("third", null, null)], record.PassedOver.Select(other => (other.Name, other.Status, other.Problem)));
    }

    [Theory]
    [InlineData(RadiusAttributeType.UserPassword)]
    [InlineData(RadiusAttributeType.ChapPassword)]
    [InlineData(RadiusAttributeType.State)]
    [InlineData(RadiusAttributeType.EapMessage)]
    [InlineData(RadiusAttributeType.MessageAuthenticator)]
    [InlineData(69)]
    [InlineData(214)]
    public void What_is_secret_stays_as_its_length(byte type)
    {
        var octets = ExchangeWriter.Write(Result(request => request.Attributes.Add(type, s_needle), reply => reply.Attributes.Add(type, s_needle)), [])!;

        Assert.Equal(-1, octets.AsSpan().IndexOf(s_needle));
        var record = Read(octets);
        Assert.Equal((true, $"(hidden, {s_needle.Length} octets)"), (record.Request!.Attributes[0].IsHidden, record.Request.Attributes[0].Value));
        Assert.True(record.Reply!.Attributes[0].IsHidden);
    }

    [Theory]
    [InlineData(VendorId.Microsoft, MicrosoftAttributeType.ChapResponse, Needle)]
    [InlineData(VendorId.Microsoft, MicrosoftAttributeType.Chap2Response, Needle)]
    [InlineData(VendorId.Microsoft, MicrosoftAttributeType.Chap2Success, Needle)]
    [InlineData(VendorId.Microsoft, MicrosoftAttributeType.Chap2Cpw, Needle)]
    [InlineData(VendorId.Microsoft, MicrosoftAttributeType.ChapMppeKeys, Needle)]
    [InlineData(VendorId.Microsoft, MicrosoftAttributeType.MppeSendKey, Needle)]
    [InlineData(VendorId.Microsoft, MicrosoftAttributeType.MppeRecvKey, Needle)]
    [InlineData(9u, 1, "psk=" + Needle)]
    [InlineData(9u, 1, "tunnel:l2tp-tunnel-PASSWORD=" + Needle)]
    [InlineData(24757u, 60, Needle)]
    public void What_is_secret_of_a_vendor_stays_as_its_length(uint vendor, byte type, string value)
    {
        var octets = ExchangeWriter.Write(Result(null, reply => reply.Attributes.AddVendor(vendor, type, Encoding.UTF8.GetBytes(value))), [])!;

        Assert.Equal(-1, octets.AsSpan().IndexOf(s_needle));
        Assert.True(Assert.Single(Read(octets).Reply!.Attributes).IsHidden);
    }

    [Fact]
    public void A_server_that_greets_with_the_password_does_not_get_it_into_the_record()
    {
        var octets = ExchangeWriter.Write(Result(request => request.UserName = "alice", reply => reply.Attributes.Add(RadiusAttributeType.ReplyMessage, Encoding.UTF8.GetBytes($"Hello, {Needle}!"))), s_needle)!;

        Assert.Equal(-1, octets.AsSpan().IndexOf(s_needle));
    }

    [Fact]
    public void A_vendor_specific_of_another_layout_is_left_out_and_an_unknown_attribute_is_shown_by_its_octets()
    {
        var record = Read(ExchangeWriter.Write(Result(null, reply =>
        {
            reply.Attributes.Add(RadiusAttributeType.VendorSpecific, [0, 0, 0, 9, 1, 99, 7]);
            reply.Attributes.AddVendor(4711, 5, [1, 2, 255]);
            reply.Attributes.Add(200, [1, 2]);
        }), [])!);

        Assert.Equal(["Vendor-Specific = (hidden, 7 octets)", "Attr-26.4711.5 = 0x0102ff", "Attr-200 = 0x0102"], Lines(record.Reply!).ToArray());
        Assert.Equal("vendor 4711", record.Reply!.Attributes[1].Source);
    }

    [Fact]
    public void Hostile_text_is_escaped_and_kept_on_its_line()
    {
        var record = Read(ExchangeWriter.Write(Result(null, reply => reply.Attributes.Add(RadiusAttributeType.ReplyMessage, "a\0\r\n\u202E<script>"u8)), [])!);

        var value = Assert.Single(record.Reply!.Attributes).Value;
        Assert.DoesNotContain(value, c => char.IsControl(c) || c == '\u202E');
    }

    [Fact]
    public void A_fragmented_attribute_appears_once()
    {
        var record = Read(ExchangeWriter.Write(Result(null, reply =>
        {
            reply.Attributes.AddExtended(245, 99, new byte[600]);
            reply.SessionTimeout = 1;
        }), [])!);

        Assert.Equal(2, record.Reply!.Attributes.Count);
        Assert.Equal("Attr-245.99", record.Reply.Attributes[0].Name);
    }

    [Fact]
    public void However_full_an_answer_is_the_record_keeps_within_its_bound_and_says_what_it_left_out()
    {
        var result = Result(null, reply =>
        {
            byte[] many = [0, 0, 18, 103, .. Enumerable.Range(0, 120).SelectMany(_ => new byte[] { 1, 2 })];
            for (var i = 0; i < 16; i++)
            {
                reply.Attributes.Add(RadiusAttributeType.VendorSpecific, many);
            }
        });

        var octets = ExchangeWriter.Write(result, [])!;

        Assert.InRange(octets.Length, 1, ExchangeRecord.Longest);
        var reply = Read(octets).Reply!;
        Assert.Equal(16 * 120, reply.Attributes.Count + reply.LeftOut);
        Assert.NotEqual(0, reply.LeftOut);
    }

    [Fact]
    public void A_longest_record_fits_the_column()
    {
        static void Fill(RadiusPacket packet)
        {
            while (packet.EncodedLength + 6 <= RadiusPacket.MaxLength)
            {
                packet.Attributes.Add(200, new byte[Math.Min(253, RadiusPacket.MaxLength - packet.EncodedLength - 2)]);
            }
        }

        var full = Result(Fill, Fill) with
        {
            Problem = new string('ä', 5000),
            PassedOver = [.. Enumerable.Range(0, 40).Select(_ => new PassedOverServer { Name = new string('ß', 400), Status = ExchangeStatus.Refused, Problem = new string('ö', 900) })],
        };

        var octets = ExchangeWriter.Write(full, [])!;

        Assert.InRange(octets.Length, 8000, ExchangeRecord.Longest);
        Assert.Equal(4, Read(octets).PassedOver.Count);
    }

    [Fact]
    public void Damaged_octets_are_no_record_and_no_exception()
    {
        var good = ExchangeWriter.Write(Result(request => request.UserName = "alice", reply => reply.Attributes.AddVendor(9, 1, "a=b"u8)), [])!;
        var random = new Random(4711);

        Assert.False(ExchangeRecord.TryRead(null, out _));
        Assert.All(Enumerable.Range(0, good.Length), length => Assert.False(ExchangeRecord.TryRead(good[..length], out _)));
        for (var i = 0; i < 20_000; i++)
        {
            var bad = (byte[])good.Clone();
            bad[random.Next(bad.Length)] = (byte)random.Next(256);
            bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            ExchangeRecord.TryRead(bad, out _);
        }
    }

    private static ExchangeRecord Read(byte[] octets)
    {
        Assert.True(ExchangeRecord.TryRead(octets, out var record));
        return record;
    }

    private static IEnumerable<string> Lines(ExchangePacket packet) => packet.Attributes.Select(attribute => $"{attribute.Name} = {attribute.Value}");

    private static ExchangeResult Result(Action<RadiusPacket>? request, Action<RadiusPacket>? reply)
    {
        var asked = new RadiusPacket(RadiusCode.AccessRequest, 7);
        request?.Invoke(asked);
        var answer = new RadiusPacket(RadiusCode.AccessAccept, 7);
        reply?.Invoke(answer);
        return new ExchangeResult
        {
            Status = ExchangeStatus.Answered,
            Request = asked,
            Reply = answer,
            Server = new RadiusServerSettings { Name = "first", EndPoint = new IPEndPoint(IPAddress.Loopback, 1812), Secret = new byte[16] },
            Elapsed = TimeSpan.FromMilliseconds(37),
            Sends = 2,
            PassedOver = [new PassedOverServer { Name = "second", Status = ExchangeStatus.TimedOut, Problem = "it does not answer" }, new PassedOverServer { Name = "third" }],
        };
    }
}
