using NacGateway.Core.Policy;

namespace NacGateway.Core.Sessions;

/// <summary>What the meaning of a server's attributes depends on at this gateway: its own limits, its zone, its rules.</summary>
public sealed class SessionTerms(SessionSettings settings, PolicyBook policies, TimeProvider time)
{
    /// <summary>The terms of a session that began at this instant, under the limits and rules now in force.</summary>
    public LimitContext Of(DateTimeOffset startedAt)
    {
        var own = settings.Current;
        return new LimitContext
        {
            StartedAt = startedAt,
            Zone = time.LocalTimeZone,
            Local = new SessionLimits { SessionTimeout = ToLimit(own.SessionTimeout), IdleTimeout = ToLimit(own.IdleTimeout), InterimInterval = ToLimit(own.InterimInterval) },
            LocalDevices = own.MaxPerUser > 0 ? new DeviceRule(own.MaxPerUser, EndOldest: false) : null,
            Policy = policies.Current,
        };
    }

    private static TimeSpan? ToLimit(TimeSpan setting) => setting > TimeSpan.Zero ? setting : null;
}
