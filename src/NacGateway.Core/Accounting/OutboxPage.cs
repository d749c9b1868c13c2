namespace NacGateway.Core.Accounting;

/// <summary>Some rows of the outbox in the order of their ids.</summary>
/// <param name="Records">Those that can be sent.</param>
/// <param name="Damaged">Those that cannot, with the reason.</param>
/// <param name="Last">Id of the last row looked at.</param>
/// <param name="IsEnd">Whether no row is behind it.</param>
internal sealed record OutboxPage(IReadOnlyList<AccountingRecord> Records, IReadOnlyList<(long Id, string Reason)> Damaged, long Last, bool IsEnd);
