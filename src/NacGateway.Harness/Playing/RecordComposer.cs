using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Playing;

/// <summary>Composes accounting records (RFC 2866, RFC 2869). Event-Timestamp is when it happened; Acct-Delay-Time is left out, so a retransmission is the same record.</summary>
internal sealed class RecordComposer(NasSettings settings, TimeProvider time)
{
    private const uint AuthenticatedByRadius = 1;

    /// <summary>Accounting-On or -Off.</summary>
    public Action<RadiusPacket> Nas(RecordStatus status)
    {
        // An id is due in every record (RFC 2866 section 5.5), also where no session is meant.
        var id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{settings.Seed:x8}-000000");
        return Compose(status, record => record.AcctSessionId = id);
    }

    /// <summary>Start, Interim-Update or Stop of a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="status">Which record.</param>
    /// <param name="elapsed">How long it lasted then; its counters follow from it.</param>
    /// <param name="cause">Why it ended; only a Stop has it.</param>
    public Action<RadiusPacket> Session(PlayedSession session, RecordStatus status, TimeSpan elapsed, TerminateCause cause = TerminateCause.None) => Compose(status, record =>
    {
        var plan = session.Plan;
        record.AcctSessionId = plan.Id;
        record.Attributes.Add(RadiusAttributeType.UserName, session.UserName);
        record.NasPort = plan.Port;
        record.NasPortType = NasPortType.Wireless80211;
        record.CallingStationId = plan.Station;
        record.FramedIpAddress = plan.Address;
        Number(record, RadiusAttributeType.AcctAuthentic, AuthenticatedByRadius);
        foreach (var value in session.Classes)
        {
            record.Attributes.Add(RadiusAttributeType.Class, value.Span);
        }

        record.ChargeableUserIdentity = session.ChargeableUserIdentity;
        if (status is RecordStatus.Interim or RecordStatus.Stop)
        {
            Counters(record, plan.Traffic, elapsed);
        }

        if (status == RecordStatus.Stop)
        {
            Number(record, RadiusAttributeType.AcctTerminateCause, (uint)cause);
        }
    });

    private Action<RadiusPacket> Compose(RecordStatus status, Action<RadiusPacket> fill)
    {
        var happened = time.GetUtcNow();
        return record =>
        {
            Number(record, RadiusAttributeType.AcctStatusType, (uint)status);
            record.NasIdentifier = settings.NasIdentifier;
            record.EventTimestamp = happened;
            fill(record);
            foreach (var attribute in settings.Attributes)
            {
                attribute.AddTo(record, settings.Accounting.Secret.Span, record.Authenticator);
            }
        };
    }

    private static void Counters(RadiusPacket record, SessionTraffic traffic, TimeSpan elapsed)
    {
        var (input, output) = (traffic.Input(elapsed), traffic.Output(elapsed));
        Number(record, RadiusAttributeType.AcctSessionTime, (uint)elapsed.TotalSeconds);
        Number(record, RadiusAttributeType.AcctInputOctets, unchecked((uint)input));
        Number(record, RadiusAttributeType.AcctOutputOctets, unchecked((uint)output));
        Number(record, RadiusAttributeType.AcctInputPackets, SessionTraffic.Packets(input));
        Number(record, RadiusAttributeType.AcctOutputPackets, SessionTraffic.Packets(output));

        // How often the 32 bits have wrapped (RFC 2869 sections 5.1, 5.2).
        Number(record, RadiusAttributeType.AcctInputGigawords, (uint)(input >> 32));
        Number(record, RadiusAttributeType.AcctOutputGigawords, (uint)(output >> 32));
    }

    private static void Number(RadiusPacket packet, byte type, uint value) => AttributeValue.WriteInteger(packet.Attributes.Reserve(type, sizeof(uint)), value);
}
