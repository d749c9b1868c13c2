using System.Collections.Immutable;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>What the kernel is to know of one session.</summary>
internal sealed record EnforcedSession
{
    /// <summary>How long the kernel lets a session outlive its end: the gateway ends it, and the kernel only if there is no gateway.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(5);

    public required string AcctSessionId { get; init; }

    public required ImmutableArray<EnforcedLease> Leases { get; init; }

    /// <summary>When the kernel closes by itself, as time from any fixed moment of the monotonic clock; null for never.</summary>
    public required TimeSpan? ClosesAt { get; init; }

    /// <summary>Names of roles that bound destinations; null for none.</summary>
    public string? Roles { get; init; }

    /// <summary>Bits per second from the device; null for no limit.</summary>
    public long? UploadRate { get; init; }

    /// <summary>Bits per second to the device; null for no limit.</summary>
    public long? DownloadRate { get; init; }

    /// <summary>Whether what of it passes is less than what comes.</summary>
    public bool IsBounded => Roles is not null || UploadRate is not null;

    /// <summary>What the kernel is to know of a session as it is now; null when it is to know nothing.</summary>
    public static EnforcedSession? Of(ActiveSession session, LeaseTable leases, AccessPolicy policy, TimeProvider time)
    {
        if (session.LimitReached(time.GetTimestamp()) is not null)
        {
            return null;
        }

        var mac = MacAddress.TryParse(session.CallingStationId, out var station) ? station : (MacAddress?)null;
        var held = ImmutableArray.CreateBuilder<EnforcedLease>();
        foreach (var address in session.Addresses.Held)
        {
            // Whoever holds the address now is the one that counts: of another device's it is open to nobody until that is settled.
            var holder = leases.TryGet(address, out var lease) ? lease.Mac : mac;
            if (holder is { } known && (mac is null || known == mac))
            {
                held.Add(new EnforcedLease(known, address));
            }
        }

        return held.Count == 0 ? null : new EnforcedSession
        {
            AcctSessionId = session.AcctSessionId,
            Leases = held.DrainToImmutable(),
            ClosesAt = session.Deadline == long.MaxValue ? null : time.GetElapsedTime(0, session.Deadline) + Grace,
            Roles = session.Limits.Role is { } role && policy.Bounds(role) ? role : null,
            UploadRate = session.Limits.UploadRate,
            DownloadRate = session.Limits.DownloadRate,
        };
    }

    /// <summary>Whether the kernel that knows this need not be told the other.</summary>
    public bool IsAs(EnforcedSession other) =>
        Leases.AsSpan().SequenceEqual(other.Leases.AsSpan())
        && string.Equals(Roles, other.Roles, StringComparison.OrdinalIgnoreCase)
        && (UploadRate, DownloadRate) == (other.UploadRate, other.DownloadRate)
        && IsNear(ClosesAt, other.ClosesAt);

    internal static bool IsNear(TimeSpan? one, TimeSpan? other) => one is { } a && other is { } b ? (a - b).Duration() < s_tolerance : one is null && other is null;
}
