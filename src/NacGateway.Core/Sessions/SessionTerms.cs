using Microsoft.Extensions.Options;
using NacGateway.Core.Policy;

namespace NacGateway.Core.Sessions;

/// <summary>What the meaning of a server's attributes depends on at this gateway: its own limits, its zone, its rules.</summary>
public sealed class SessionTerms(IOptions<SessionOptions> options, PolicyBook policies, TimeProvider time)
{
    private readonly SessionLimits _local = new()
    {
        SessionTimeout = ToLimit(options.Value.SessionTimeout),
        IdleTimeout = ToLimit(options.Value.IdleTimeout),
        InterimInterval = ToLimit(options.Value.InterimInterval),
    };

    private readonly DeviceRule? _devices = options.Value.MaxPerUser > 0 ? new DeviceRule(options.Value.MaxPerUser, EndOldest: false) : null;

    /// <summary>The terms of a session that began at this instant, under the rules now in force.</summary>
    public LimitContext Of(DateTimeOffset startedAt) => new() { StartedAt = startedAt, Zone = time.LocalTimeZone, Local = _local, LocalDevices = _devices, Policy = policies.Current };

    private static TimeSpan? ToLimit(TimeSpan setting) => setting > TimeSpan.Zero ? setting : null;
}
