namespace NacGateway.Core.Policy;

/// <summary>The last session that a RADIUS server granted to a user at a device.</summary>
/// <param name="At">When it began.</param>
/// <param name="Role">The role that it was under at its end; null for none.</param>
/// <param name="IsWithdrawn">Whether a server or an administrator ended a session of the user since.</param>
public sealed record LastAccept(DateTimeOffset At, string? Role, bool IsWithdrawn = false);
