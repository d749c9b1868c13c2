namespace NacGateway.Core.Accounting;

/// <summary>A row of the outbox that was found to be damaged.</summary>
/// <param name="Id">Its number.</param>
/// <param name="AcctSessionId">Its session.</param>
/// <param name="Status">What it reports.</param>
/// <param name="At">When it was set aside, UTC.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record SetAsideRecord(long Id, string AcctSessionId, AcctStatusType Status, DateTimeOffset At, string Reason);
