using NacGateway.Core.Accounting;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Sessions;

/// <summary>Chargeable-User-Identity (RFC 4372) on its way from the Accept to accounting.</summary>
public sealed class ChargeableIdentityTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("FF00C3")] // Neither text nor free of NUL.
    [InlineData("616C696365")]
    [InlineData(null)]
    [Requirement("RCUI-2")]
    public void It_is_in_start_interim_and_stop_octet_for_octet(string? hex)
    {
        var row = SessionRows.ToRow(Openings.Of() with { ChargeableUserIdentity = hex is null ? null : Convert.FromHexString(hex) }, s_start);
        row.EndedAt = s_start.AddHours(1);

        AccountingEvent[] reports = [SessionReports.Start(row), SessionReports.Interim(row, s_start.AddMinutes(1)), SessionReports.Stop(row)];

        Assert.All(reports, report =>
        {
            var attributes = AccountingComposer.Compose(report, "gateway").Attributes;
            var packet = new byte[RadiusPacket.HeaderLength + attributes.Length];
            attributes.CopyTo(packet, RadiusPacket.HeaderLength);
            (packet[0], packet[2], packet[3]) = ((byte)RadiusCode.AccountingRequest, (byte)(packet.Length >> 8), (byte)packet.Length);
            Assert.True(RadiusPacket.TryParse(packet, out var parsed, out var error), error.ToString());
            Assert.Equal(hex is null ? 0 : 1, parsed.Attributes.CountOf(RadiusAttributeType.ChargeableUserIdentity));
            Assert.Equal(hex, parsed.Attributes.TryGetFirst(RadiusAttributeType.ChargeableUserIdentity, out var identity) ? Convert.ToHexString(identity) : null);
        });
    }
}
