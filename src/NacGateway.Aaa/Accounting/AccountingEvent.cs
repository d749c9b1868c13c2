using System.Net;
using NacGateway.Radius.Packets;

namespace NacGateway.Aaa.Accounting;

/// <summary>One record that was booked, or found booked already.</summary>
/// <param name="Source">Who sent it.</param>
/// <param name="Request">The Accounting-Request; not to be changed.</param>
/// <param name="Status">What it reports.</param>
/// <param name="SessionId">Acct-Session-Id; untrusted text.</param>
/// <param name="UserName">User-Name; untrusted text.</param>
/// <param name="IsRepeated">Whether it is a retransmission of a record in the book.</param>
/// <param name="Session">The session with this record; null for Accounting-On, -Off and what is no session's.</param>
/// <param name="Fault">What was not in order with this record; null when all is.</param>
public sealed record AccountingEvent(IPEndPoint Source, RadiusPacket Request, AccountingStatus Status, string SessionId, string UserName, bool IsRepeated, BookedSession? Session, string? Fault);
