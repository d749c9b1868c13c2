namespace NacGateway.Web.Desk.Access;

/// <summary>That an API key was not looked up, for too many wrong ones came from its address.</summary>
/// <param name="Until">Until when, UTC.</param>
internal sealed record KeyPause(DateTimeOffset Until);
