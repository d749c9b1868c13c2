namespace NacGateway.Radius.Client;

/// <summary>Something that went wrong with a server, once or several times in a row.</summary>
/// <param name="At">When last (UTC).</param>
/// <param name="Since">When first (UTC).</param>
/// <param name="What">What, in words and with the remedy where there is one.</param>
/// <param name="Count">How often in a row.</param>
public sealed record ServerError(DateTimeOffset At, DateTimeOffset Since, string What, int Count);
