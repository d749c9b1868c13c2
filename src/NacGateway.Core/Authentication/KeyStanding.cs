namespace NacGateway.Core.Authentication;

/// <summary>How it stands with a key of the throttle in the database.</summary>
/// <param name="Key">The key.</param>
/// <param name="Count">Its failures, as the gateway wrote them that counted last; null for none.</param>
/// <param name="ForgivenAt">When it was forgiven last, UTC; null for never, or too long ago to matter.</param>
internal sealed record KeyStanding(string Key, ThrottleEntry? Count, DateTimeOffset? ForgivenAt);
