namespace NacGateway.Core.Accounting;

/// <summary>A row of the outbox that is to go.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Delivery">What the history keeps of it; null for a record that was superseded or given up, or that is of no session.</param>
internal sealed record SettledRecord(long Id, AccountingDelivery? Delivery)
{
    /// <summary>One that a server has acknowledged.</summary>
    public static SettledRecord Of(AccountingRecord record, Delivery delivery, DateTimeOffset at) => new(
        record.Id,
        record.Status is AcctStatusType.AccountingOn or AcctStatusType.AccountingOff
            ? null
            : new AccountingDelivery { AcctSessionId = record.AcctSessionId, Status = record.Status, EventAt = record.EventAt, DeliveredAt = at, ServerName = delivery.ServerName });
}
