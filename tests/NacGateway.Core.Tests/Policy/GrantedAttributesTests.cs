using System.Text;
using NacGateway.Core.Policy;
using NacGateway.Core.Tests.Authentication;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Policy;

public sealed class GrantedAttributesTests
{
    private const long Gigaword = 1L << 32;

    private static readonly LimitContext s_context = new()
    {
        StartedAt = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero),
        Zone = TimeZoneInfo.CreateCustomTimeZone("two hours ahead", TimeSpan.FromHours(2), null, null),
        Local = new SessionLimits { SessionTimeout = TimeSpan.FromHours(12), InterimInterval = TimeSpan.FromMinutes(10) },
    };

    /// <summary>Vendor attributes as vendor:type=value, the value a number or text; then the limits up, down, in, out, total.</summary>
    public static TheoryData<string, long?, long?, long?, long?, long?> Vendors => new()
    {
        { "14122:7=256000 14122:8=1000000", 256_000, 1_000_000, null, null, null },
        { "14559:4=256 14559:5=1000", 256_000, 1_000_000, null, null, null },
        { "11:46=256 11:48=1000", 256_000, 1_000_000, null, null, null },
        { "14988:8='512k/2M'", 512_000, 2_000_000, null, null, null },
        { "14988:8='64000'", 64_000, 64_000, null, null, null },
        { "14988:8='1M/0_2M/4M_1M/1M_8/8_5'", 1_000_000, null, null, null, null },
        { "14122:8=0", null, null, null, null, null },
        { "14122:8=4294967295", null, uint.MaxValue, null, null, null },
        { "14559:1=10 14559:2=20 14559:3=25", null, null, 10, 20, 25 },
        { "14559:22=1", null, null, null, Gigaword, null },
        { "14559:2=5 14559:22=1", null, null, null, Gigaword + 5, null },
        { "14559:23=4294967295 14559:3=7", null, null, null, null, long.MaxValue },
        { "14988:1=1 14988:14=2 14988:2=3 14988:15=4 14988:17=5 14988:18=6", null, null, (2 * Gigaword) + 1, (4 * Gigaword) + 3, (6 * Gigaword) + 5 },
        { "14559:3=0 14559:23=0", null, null, null, null, null },
        { "14122:7=300000 14559:4=200 14988:8='250k/9M' 14122:8=8000000", 200_000, 8_000_000, null, null, null },
        { "14559:3=100 14988:17=90", null, null, null, null, 90 },
        { "99999:1=1 14122:200=1 9:1='anything'", null, null, null, null, null },
    };

    [Theory]
    [MemberData(nameof(Vendors))]
    [Requirement("RATT-18", "RATT-2")]
    public void Rates_and_quotas_of_vendors_become_limits_in_any_order(string attributes, long? up, long? down, long? input, long? output, long? total)
    {
        foreach (var order in new[] { attributes.Split(' '), attributes.Split(' ').Reverse() })
        {
            Assert.True(AuthorizationMapper.TryMap(Replies.Accept(packet => Array.ForEach([.. order], text => AddVendor(packet, text))), s_context, out var authorization, out _));

            var limits = authorization.Limits;
            Assert.Equal((up, down, input, output, total), (limits.UploadRate, limits.DownloadRate, limits.InputQuota, limits.OutputQuota, limits.TotalQuota));
        }
    }

    [Fact]
    [Requirement("RATT-18")]
    public void Parts_that_share_one_attribute_are_all_read_and_one_that_overruns_is_passed_over()
    {
        var accept = Replies.Accept(packet =>
        {
            packet.Attributes.Add(RadiusAttributeType.VendorSpecific, [0, 0, 0x37, 0x2A, 7, 6, 0, 0, 0x10, 0, 8, 6, 0, 0, 0x20, 0]);
            packet.Attributes.Add(RadiusAttributeType.VendorSpecific, [0, 0, 0x37, 0x2A, 7, 7, 0, 0, 0, 1]);
        });

        Assert.True(AuthorizationMapper.TryMap(accept, s_context, out var authorization, out _));

        Assert.Equal((0x1000L, 0x2000L), (authorization.Limits.UploadRate, authorization.Limits.DownloadRate));
        Assert.Single(authorization.Notes);
    }

    [Theory]
    [InlineData("2026-03-02T09:00:00Z", 3600)]
    [InlineData("2026-03-02T09:00:00+00:30", 1800)]
    [InlineData("2026-03-02T07:00:00-02:00", 3600)]
    [InlineData("2026-03-02T11:00:00", 3600)]
    [InlineData("2026-03-03T11:00:00Z", 43_200)]
    [InlineData("tomorrow", 43_200)]
    public void The_session_ends_at_the_time_that_WISPr_names(string text, int seconds)
    {
        var accept = Replies.Accept(packet => packet.Attributes.AddVendor(VendorId.Wispr, WisprAttributeType.SessionTerminateTime, Encoding.ASCII.GetBytes(text)));

        Assert.True(AuthorizationMapper.TryMap(accept, s_context, out var authorization, out _));

        Assert.Equal(TimeSpan.FromSeconds(seconds), authorization.Limits.SessionTimeout);
        Assert.Equal(text == "tomorrow" ? 1 : 0, authorization.Notes.Count);
    }

    [Theory]
    [InlineData(10u, 600, 600)]
    [InlineData(300u, 600, 600)]
    [InlineData(900u, 600, 900)]
    [InlineData(null, 600, 600)]
    [InlineData(10u, null, 60)]
    [InlineData(300u, null, 300)]
    [InlineData(0u, null, null)]
    [InlineData(null, null, null)]
    [Requirement("ACCT-19", "ACCT-20")]
    public void Reports_come_as_often_as_is_set_here_or_seldomer_and_never_more_than_once_a_minute(uint? sent, int? local, int? expected)
    {
        var accept = Replies.Accept(packet => packet.AcctInterimInterval = sent);
        var context = s_context with { Local = new SessionLimits { InterimInterval = local is { } seconds ? TimeSpan.FromSeconds(seconds) : null } };

        Assert.True(AuthorizationMapper.TryMap(accept, context, out var authorization, out _));

        Assert.Equal(expected, (int?)authorization.Limits.InterimInterval?.TotalSeconds);
    }

    /// <summary>What an Accept may not hold: as type=hex, or as vendor attribute.</summary>
    [Theory]
    [InlineData("92=00", "NAS-Filter-Rule")]
    [InlineData("56=31000064", "RFC 4675")]
    [InlineData("57=00000001", "RFC 4675")]
    [InlineData("58=3176", "RFC 4675")]
    [InlineData("59=0001020304050607", "RFC 4675")]
    [InlineData("133=00000001", "RFC 5607")]
    [InlineData("135=61", "RFC 5607")]
    [InlineData("85=0000", "Acct-Interim-Interval")]
    [InlineData("11=0061", "Filter-Id")]
    [InlineData("11=ff", "Filter-Id")]
    [InlineData("14122:8='quick'", "WISPr-Bandwidth-Max-Down")]
    [InlineData("14559:3='1'", "ChilliSpot-Max-Total-Octets")]
    [InlineData("14988:8='fast/slow'", "Mikrotik-Rate-Limit")]
    [InlineData("14988:8='1/2/3'", "Mikrotik-Rate-Limit")]
    [InlineData("14122:9='2026-03-02T07:59:59Z'", "WISPr-Session-Terminate-Time")]
    [InlineData("14823:51='deny_all'", "Aruba-NAS-Filter-Rule")]
    [InlineData("64=00000001", "Tunnel-Type 1")]
    [InlineData("64=0d", "Tunnel-Type")]
    [InlineData("64=0000000d", "Tunnel-Private-Group-ID")]
    [InlineData("64=0000000d 65=00000006 81=30", "Tunnel-Private-Group-ID")]
    [InlineData("64=0000000d 65=00000006 81=34303935", "Tunnel-Private-Group-ID")]
    [InlineData("64=0000000d 65=00000006 81=616263", "Tunnel-Private-Group-ID")]
    [InlineData("64=0000000d 65=00000001 81=313030", "Tunnel-Type 13")]
    [Requirement("RATT-16", "RVLAN-1", "RMGT-1", "RTUN-4")]
    public void What_cannot_be_given_or_read_grants_nothing(string attributes, string named)
    {
        var accept = Accept(attributes);

        Assert.False(AuthorizationMapper.TryMap(accept, s_context, out _, out var problem));

        Assert.Contains(named, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("64=0100000d 65=01000006 81=01313030", "64=0100000d 65=01000006 81=01313030")]
    [InlineData("64=0100000d 65=01000006 81=313030", "64=0100000d 65=01000006 81=313030")]
    [InlineData("64=0000000d 65=00000006 81=34303934", "64=0000000d 65=00000006 81=34303934")]
    [InlineData("64=0100000d 81=01313030 83=01000009 64=0200000d 81=02323030 83=02000001", "64=0200000d 81=02323030")]
    [InlineData("64=01000003 66=0161 64=0200000d 81=02323030", "64=0200000d 81=02323030")]
    [InlineData("64=0000000d 81=313030 69=0080006162 82=6c", "64=0000000d 81=313030 82=6c")]
    [InlineData("81=313030", "")]
    [Requirement("RTUN-1", "RTUN-2", "RTUN-3", "RTUN-4", "ACCT-30")]
    public void The_preferred_VLAN_is_kept_as_it_came(string attributes, string kept)
    {
        Assert.True(AuthorizationMapper.TryMap(Accept(attributes), s_context, out var authorization, out _));

        var expected = Accept(kept);
        expected.Attributes.RemoveAll(RadiusAttributeType.MessageAuthenticator);
        Assert.Equal(expected.Attributes.Encoded.ToArray(), authorization.TunnelAttributes.ToArray());
    }

    [Fact]
    [Requirement("RCUI-3", "RATT-13", "RATT-9", "RATT-3")]
    public void Opaque_values_are_kept_octet_for_octet_and_messages_in_their_order()
    {
        byte[] identity = [0xFF, 0x00, 0xC0];
        byte[] state = [0x00, 0x01, 0x00];
        var accept = Replies.Accept(packet =>
        {
            packet.ChargeableUserIdentity = identity;
            packet.State = state;
            packet.TerminationAction = TerminationAction.RadiusRequest;
            packet.Attributes.Add(RadiusAttributeType.ReplyMessage, "Welcome\0 <b>"u8);
            packet.Attributes.Add(RadiusAttributeType.ReplyMessage, "until\nnoon"u8);
        });

        Assert.True(AuthorizationMapper.TryMap(accept, s_context, out var authorization, out _));

        Assert.Equal(identity, authorization.ChargeableUserIdentity!.Value.ToArray());
        Assert.Equal(state, authorization.State!.Value.ToArray());
        Assert.True(authorization.Reauthenticates);
        Assert.Equal("Welcome  <b>\nuntil noon", authorization.Message);
    }

    /// <summary>Reads <c>11=616263 14122:7=1000 14988:8='1M'</c>: hexadecimal for standard types, a number or text for vendors'.</summary>
    internal static RadiusPacket Accept(string attributes) => Replies.Accept(packet =>
    {
        foreach (var text in attributes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (text.Contains(':', StringComparison.Ordinal) && text.IndexOf(':', StringComparison.Ordinal) < text.IndexOf('=', StringComparison.Ordinal))
            {
                AddVendor(packet, text);
                continue;
            }

            var parts = text.Split('=');
            packet.Attributes.Add(byte.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), Convert.FromHexString(parts[1]));
        }
    });

    private static void AddVendor(RadiusPacket packet, string text)
    {
        var parts = text.Split('=', 2);
        var path = parts[0].Split(':');
        var vendor = uint.Parse(path[0], System.Globalization.CultureInfo.InvariantCulture);
        var type = byte.Parse(path[1], System.Globalization.CultureInfo.InvariantCulture);
        if (parts[1].StartsWith('\''))
        {
            packet.Attributes.AddVendor(vendor, type, Encoding.ASCII.GetBytes(parts[1].Trim('\'').Replace('_', ' ')));
            return;
        }

        AttributeValue.WriteInteger(packet.Attributes.ReserveVendor(vendor, type, 4), uint.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}
