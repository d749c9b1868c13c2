namespace NacGateway.Core.Policy;

/// <summary>
/// Access for a while when no RADIUS server answers. No password is checked then: whoever knows the name of a user who was accepted at
/// this device gets in. It is never used when a server answered, whatever it said.
/// </summary>
/// <param name="AcceptedWithin">How long ago a server must have accepted this user at this device, at most.</param>
/// <param name="For">How long the session may last.</param>
/// <param name="Role">Role for that while; null for the one that the user had.</param>
public sealed record OutageRule(TimeSpan AcceptedWithin, TimeSpan For, string? Role);
