using System.Buffers.Binary;
using System.Net;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Accounting;

/// <summary>What the records say, as the server reads them; it reads none whose authenticator is not right.</summary>
public sealed class AccountingContentTests(PostgreSqlServer postgres)
{
    private const long Upload = 5L << 30;
    private const long Download = 1_000_000;
    private static readonly byte[] s_tunnel = [64, 6, 0, 0, 0, 13, 65, 6, 0, 0, 0, 6, 81, 4, (byte)'1', (byte)'7'];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("ACCT-1", "ACCT-2", "ACCT-5", "ACCT-6", "ACCT-12", "ACCT-25")]
    public async Task Each_record_names_its_session_and_its_nas_once_says_when_it_happened_and_holds_nothing_that_is_never_in_accounting()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        await ReportAsync(rig, Opening());
        byte[] never = [RadiusAttributeType.UserPassword, RadiusAttributeType.ChapPassword, RadiusAttributeType.ChapChallenge, RadiusAttributeType.ReplyMessage, RadiusAttributeType.State, RadiusAttributeType.MessageAuthenticator, RadiusAttributeType.AcctDelayTime];

        Assert.Equal([1u, 2u, 3u, 7u], rig.Server.Requests.Select(request => Integer(request, RadiusAttributeType.AcctStatusType)!.Value).Distinct().Order());
        Assert.All(rig.Server.Requests, request =>
        {
            Assert.All(never, type => Assert.Equal(0, request.Attributes.CountOf(type)));
            Assert.Equal(1, request.Attributes.CountOf(RadiusAttributeType.AcctStatusType));
            Assert.Equal(1, request.Attributes.CountOf(RadiusAttributeType.AcctSessionId));
            Assert.Equal("nacgateway", request.NasIdentifier);
            Assert.Equal(IPAddress.Loopback, request.NasIpAddress);
            Assert.Equal(1, request.Attributes.CountOf(RadiusAttributeType.EventTimestamp));
        });
        Assert.All(OfSession(rig), request => Assert.Equal(1u, Integer(request, RadiusAttributeType.AcctAuthentic)));
        Assert.Empty(rig.Server.Book.Problems(await rig.SessionRowsAsync()));
    }

    [Fact]
    [Requirement("ACCT-13", "ACCT-14", "ACCT-15", "ACCT-16")]
    public async Task What_the_client_sent_is_input_with_its_gigawords_and_a_start_measures_nothing()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        await ReportAsync(rig, Opening());
        byte[] measures = [RadiusAttributeType.AcctInputOctets, RadiusAttributeType.AcctOutputOctets, RadiusAttributeType.AcctInputGigawords, RadiusAttributeType.AcctOutputGigawords, RadiusAttributeType.AcctSessionTime];
        var (start, interim, stop) = (OfSession(rig)[0], OfSession(rig)[1], OfSession(rig)[2]);

        Assert.All(measures, type => Assert.Equal(0, start.Attributes.CountOf(type)));
        Assert.All(measures, type => Assert.Equal((1, 1), (interim.Attributes.CountOf(type), stop.Attributes.CountOf(type))));
        Assert.Equal((0, 0, 1), (Cause(start), Cause(interim), Cause(stop)));
        Assert.Equal((1u << 30, 1u), (Integer(interim, RadiusAttributeType.AcctInputOctets), Integer(interim, RadiusAttributeType.AcctInputGigawords)));
        Assert.Equal(((uint)Download, 0u), (Integer(interim, RadiusAttributeType.AcctOutputOctets), Integer(interim, RadiusAttributeType.AcctOutputGigawords)));
        Assert.Equal((1u << 30) + 7, Integer(stop, RadiusAttributeType.AcctInputOctets));
        Assert.True(Integer(interim, RadiusAttributeType.AcctSessionTime) >= 60);
        static int Cause(RadiusPacket request) => request.Attributes.CountOf(RadiusAttributeType.AcctTerminateCause);
    }

    [Fact]
    [Requirement("ACCT-26", "ACCT-30", "ACCT-24")]
    public async Task What_the_server_gave_comes_back_in_every_record_with_the_clients_own_address()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        await ReportAsync(rig, Opening());

        Assert.Equal(3, OfSession(rig).Count);
        Assert.All(OfSession(rig), request =>
        {
            Assert.Equal("zoë@realm", request.UserName);
            Assert.Equal(["010203", "04"], request.Attributes.Where(attribute => attribute.Type == RadiusAttributeType.Class).Select(attribute => Convert.ToHexString(attribute.Value.Span)), StringComparer.Ordinal);
            Assert.Equal("cui", Text(request, RadiusAttributeType.ChargeableUserIdentity));
            Assert.Equal(Convert.ToHexString(s_tunnel), string.Concat(request.Attributes.Where(attribute => attribute.Type is 64 or 65 or 81).Select(attribute => $"{attribute.Type:X2}{attribute.Value.Length + 2:X2}{Convert.ToHexString(attribute.Value.Span)}")));
            Assert.Equal(IPAddress.Parse("192.0.2.7"), request.FramedIpAddress);
            Assert.Equal("02-00-5E-00-53-07", request.CallingStationId);
        });
    }

    [Fact]
    [Requirement("ACCT-24")]
    public async Task An_IPv6_client_is_named_by_Framed_IPv6_Address()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        await rig.Gateway.OpenAsync(Openings.Of(client: "2001:db8::7"));
        await rig.UntilAsync(() => rig.Sessions.Any());

        var start = Assert.Single(OfSession(rig));
        Assert.Equal(IPAddress.Parse("2001:db8::7"), start.FramedIPv6Address);
        Assert.Equal(0, start.Attributes.CountOf(RadiusAttributeType.FramedIpAddress));
    }

    [Fact]
    [Requirement("ACCT-9", "ACCT-8")]
    public async Task Each_sign_in_has_an_id_of_its_own_and_none_claims_to_be_linked_to_another()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        var first = await rig.Gateway.OpenAsync(Opening());
        var second = await rig.Gateway.OpenAsync(Opening());
        await rig.UntilDeliveredAsync();

        Assert.Equal([first.AcctSessionId, first.AcctSessionId, second.AcctSessionId], rig.Sessions.OrderBy(record => record.EventAt).ThenBy(record => record.AcctSessionId == second.AcctSessionId).Select(record => record.AcctSessionId), StringComparer.Ordinal);
        Assert.All(rig.Server.Requests, request => Assert.Null(request.AcctMultiSessionId));
    }

    [Fact]
    [Requirement("RPKT-5")]
    public async Task More_class_than_a_packet_holds_is_cut_off_and_the_record_still_goes()
    {
        await using var rig = await AccountingRig.StartAsync(postgres);
        ReadOnlyMemory<byte>[] classes = [.. Enumerable.Range(0, 16).Select(n => (ReadOnlyMemory<byte>)Enumerable.Repeat((byte)n, 253).ToArray())];
        await rig.Gateway.OpenAsync(Openings.Of() with { Classes = classes, UserName = new string('u', 253), CallingStationId = new string('c', 253) });
        await rig.UntilAsync(() => rig.Sessions.Any());

        var start = Assert.Single(OfSession(rig));
        Assert.InRange(start.EncodedLength, 3500, 4095);
        Assert.InRange(start.Attributes.CountOf(RadiusAttributeType.Class), 11, 13);
        Assert.Equal(1, start.Attributes.CountOf(RadiusAttributeType.EventTimestamp));
    }

    private static SessionOpening Opening() => Openings.Of() with
    {
        UserName = "zoë@realm",
        CallingStationId = "02-00-5E-00-53-07",
        ChargeableUserIdentity = "cui"u8.ToArray(),
        TunnelAttributes = s_tunnel,
        Limits = new SessionLimits { InterimInterval = TimeSpan.FromMinutes(1) },
    };

    /// <summary>A session with its Start, one Interim-Update and its Stop.</summary>
    private static async Task ReportAsync(AccountingRig rig, SessionOpening opening)
    {
        var session = await rig.Gateway.OpenAsync(opening);
        session.Traffic.Add(Upload, Download, rig.Gateway.Time.GetTimestamp());
        await rig.UntilAsync(() => rig.Sessions.Count() == 2, step: 1);
        session.Traffic.Add(7, 0, rig.Gateway.Time.GetTimestamp());
        await rig.Gateway.Sessions.CloseAsync(session.AcctSessionId, AcctTerminateCause.UserRequest, Token);
        await rig.UntilDeliveredAsync();
    }

    /// <summary>One of each kind: on a busy machine an answer comes late, and the request is sent again.</summary>
    private static List<RadiusPacket> OfSession(AccountingRig rig) =>
        [.. rig.Server.Requests.Where(request => Integer(request, RadiusAttributeType.AcctStatusType) is 1 or 2 or 3).DistinctBy(request => Integer(request, RadiusAttributeType.AcctStatusType))];

    private static uint? Integer(RadiusPacket request, byte type) =>
        request.Attributes.TryGetFirst(type, out var value) && value.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(value) : null;

    private static string Text(RadiusPacket request, byte type) =>
        request.Attributes.TryGetFirst(type, out var value) ? System.Text.Encoding.UTF8.GetString(value) : "";
}
