using System.Net.Sockets;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Accounting;

/// <summary>Turns an event into the record that waits for delivery (RFC 2866 section 5).</summary>
internal static class AccountingComposer
{
    /// <summary>The row for the outbox, to be added in the transaction of what it reports.</summary>
    /// <param name="reported">What happened.</param>
    /// <param name="owner">The gateway.</param>
    public static AccountingRecord Compose(AccountingEvent reported, string owner)
    {
        var packet = new RadiusPacket(RadiusCode.AccountingRequest);
        AddInteger(packet, RadiusAttributeType.AcctStatusType, (uint)reported.Status);
        packet.AcctSessionId = reported.AcctSessionId;
        packet.UserName = reported.UserName;
        AddInteger(packet, RadiusAttributeType.AcctAuthentic, (uint)reported.Authentic);
        packet.CallingStationId = reported.CallingStationId ?? reported.ClientAddress?.ToString();
        if (reported.ClientAddress is { AddressFamily: AddressFamily.InterNetwork })
        {
            packet.FramedIpAddress = reported.ClientAddress;
        }
        else
        {
            packet.FramedIPv6Address = reported.ClientAddress;
        }

        AddMeasure(packet, reported);
        AddEchoed(packet, reported);
        return new AccountingRecord
        {
            Owner = owner,
            AcctSessionId = reported.AcctSessionId,
            Status = reported.Status,
            EventAt = reported.At,
            ServerName = reported.ServerName,
            Attributes = packet.Attributes.Encoded.ToArray(),
        };
    }

    /// <summary>The row of what concerns all sessions. It has an Acct-Session-Id of its own, for each record must have one.</summary>
    public static AccountingRecord Compose(AcctStatusType status, string acctSessionId, DateTimeOffset at, string owner)
    {
        var packet = new RadiusPacket(RadiusCode.AccountingRequest);
        AddInteger(packet, RadiusAttributeType.AcctStatusType, (uint)status);
        packet.AcctSessionId = acctSessionId;
        return new AccountingRecord { Owner = owner, AcctSessionId = acctSessionId, Status = status, EventAt = at, Attributes = packet.Attributes.Encoded.ToArray() };
    }

    /// <summary>What only Interim-Update and Stop may hold (RFC 5080 section 2.3.1); the cause only a Stop (RFC 2866 section 5.10).</summary>
    private static void AddMeasure(RadiusPacket packet, AccountingEvent reported)
    {
        if (reported.Status == AcctStatusType.Start)
        {
            return;
        }

        AddInteger(packet, RadiusAttributeType.AcctSessionTime, (uint)Math.Clamp((long)reported.SessionTime.TotalSeconds, 0, uint.MaxValue));
        AddOctets(packet, RadiusAttributeType.AcctInputOctets, RadiusAttributeType.AcctInputGigawords, reported.InputOctets);
        AddOctets(packet, RadiusAttributeType.AcctOutputOctets, RadiusAttributeType.AcctOutputGigawords, reported.OutputOctets);
        if (reported.Status == AcctStatusType.Stop)
        {
            AddInteger(packet, RadiusAttributeType.AcctTerminateCause, reported.TerminateCause);
        }
    }

    /// <summary>The low 32 bits, and how often they went round (RFC 2869 sections 5.1 and 5.2).</summary>
    private static void AddOctets(RadiusPacket packet, byte octetsType, byte gigawordsType, long octets)
    {
        AddInteger(packet, octetsType, (uint)(octets & uint.MaxValue));
        AddInteger(packet, gigawordsType, (uint)(octets >> 32));
    }

    /// <summary>What the server wants back. A packet has an end: of an Accept full of it, what does not fit is left out, the tunnel first.</summary>
    private static void AddEchoed(RadiusPacket packet, AccountingEvent reported)
    {
        foreach (var value in reported.Classes)
        {
            AddIfItFits(packet, RadiusAttributeType.Class, value.Span);
        }

        if (reported.ChargeableUserIdentity is { Length: > 0 } identity)
        {
            AddIfItFits(packet, RadiusAttributeType.ChargeableUserIdentity, identity.Span);
        }

        for (var rest = reported.TunnelAttributes.Span; rest.Length > 2 && rest[1] > 2 && rest[1] <= rest.Length; rest = rest[rest[1]..])
        {
            AddIfItFits(packet, rest[0], rest[2..rest[1]]);
        }
    }

    private static void AddIfItFits(RadiusPacket packet, byte type, ReadOnlySpan<byte> value)
    {
        if (packet.EncodedLength + 2 + value.Length <= RecordPacket.MaxLength - RecordPacket.Reserve)
        {
            packet.Attributes.Add(type, value);
        }
    }

    private static void AddInteger(RadiusPacket packet, byte type, uint value) =>
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(packet.Attributes.Reserve(type, sizeof(uint)), value);
}
