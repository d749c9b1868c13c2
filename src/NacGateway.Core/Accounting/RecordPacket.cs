using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Accounting;

/// <summary>From a row of the outbox to the Accounting-Request: judges what the database held, and adds what comes with the delivery.</summary>
internal static class RecordPacket
{
    /// <summary>Largest Accounting-Request in octets: one fewer than an Access-Request may have (RFC 2866 section 3).</summary>
    public const int MaxLength = 4095;

    /// <summary>Octets that the delivery adds at most: NAS-Identifier, NAS-IP-Address or NAS-IPv6-Address, Event-Timestamp, Acct-Delay-Time.</summary>
    public const int Reserve = 255 + 18 + 6 + 6;

    /// <summary>Never in accounting (RFC 2866 section 5.13; RFC 3579 section 3.3 for the last).</summary>
    private static ReadOnlySpan<byte> Forbidden =>
    [
        RadiusAttributeType.UserPassword, RadiusAttributeType.ChapPassword, RadiusAttributeType.ReplyMessage, RadiusAttributeType.State,
        RadiusAttributeType.ChapChallenge, RadiusAttributeType.MessageAuthenticator,
    ];

    /// <summary>Why a row cannot be sent, in words; null when it can. What a server would drop in silence would come back for ever.</summary>
    public static string? Problem(AccountingRecord record)
    {
        var seconds = record.EventAt.ToUnixTimeSeconds();
        if (seconds is < 0 or > uint.MaxValue)
        {
            return $"its time {record.EventAt:u} does not fit Event-Timestamp";
        }

        if (record.Attributes.Length > MaxLength - RadiusPacket.HeaderLength - Reserve)
        {
            return $"its attributes have {record.Attributes.Length} octets and do not fit an Accounting-Request";
        }

        var (statuses, sessions) = (0, 0);
        for (ReadOnlySpan<byte> rest = record.Attributes; !rest.IsEmpty; rest = rest[rest[1]..])
        {
            if (rest.Length < 3 || rest[1] < 3 || rest[1] > rest.Length)
            {
                return $"its attributes are damaged at octet {record.Attributes.Length - rest.Length}";
            }

            if (Forbidden.Contains(rest[0]))
            {
                return $"it holds attribute {rest[0]}, which is never sent in accounting";
            }

            var value = rest[2..rest[1]];
            statuses += rest[0] == RadiusAttributeType.AcctStatusType && IsStatus(value, record.Status) ? 1 : 0;
            sessions += rest[0] == RadiusAttributeType.AcctSessionId && value.SequenceEqual(Encoding.UTF8.GetBytes(record.AcctSessionId)) ? 1 : 0;
        }

        return statuses != 1 ? $"it does not say once that it is a {record.Status}"
            : sessions != 1 ? "it does not name its session once"
            : null;
    }

    /// <summary>Writes a record that has no problem. Event-Timestamp is that of the event, however late it is sent: repetitions are the same octets (RFC 6614's successor, section 6.2.3).</summary>
    /// <param name="request">An empty Accounting-Request.</param>
    /// <param name="record">The row.</param>
    /// <param name="nasIdentifier">Name of this gateway.</param>
    /// <param name="nasAddress">Our address towards the server; null for none.</param>
    /// <param name="delay">Acct-Delay-Time; null for none.</param>
    public static void Fill(RadiusPacket request, AccountingRecord record, string nasIdentifier, IPAddress? nasAddress, TimeSpan? delay)
    {
        for (ReadOnlySpan<byte> rest = record.Attributes; !rest.IsEmpty; rest = rest[rest[1]..])
        {
            request.Attributes.Add(rest[0], rest[2..rest[1]]);
        }

        request.NasIdentifier = nasIdentifier;
        if (nasAddress is { AddressFamily: AddressFamily.InterNetwork })
        {
            request.NasIpAddress = nasAddress;
        }
        else
        {
            request.NasIPv6Address = nasAddress;
        }

        request.EventTimestamp = record.EventAt;
        if (delay is { } waited)
        {
            BinaryPrimitives.WriteUInt32BigEndian(request.Attributes.Reserve(RadiusAttributeType.AcctDelayTime, sizeof(uint)), (uint)Math.Clamp(waited.TotalSeconds, 0, uint.MaxValue));
        }
    }

    private static bool IsStatus(ReadOnlySpan<byte> value, AcctStatusType status) =>
        value.Length == sizeof(uint) && BinaryPrimitives.ReadUInt32BigEndian(value) == (uint)status
        && status is AcctStatusType.Start or AcctStatusType.Stop or AcctStatusType.InterimUpdate or AcctStatusType.AccountingOn or AcctStatusType.AccountingOff;
}
