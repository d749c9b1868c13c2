using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Playing;

/// <summary>What a server allows a session and asks of it. Immutable.</summary>
/// <param name="SessionTimeout">Longest time from the Access-Accept or, after a CoA-Request, from the session's start too.</param>
/// <param name="Interim">Acct-Interim-Interval.</param>
/// <param name="FilterId">Filter-Id, for the log only.</param>
internal sealed record SessionLimits(TimeSpan? SessionTimeout, TimeSpan? Interim, string? FilterId)
{
    public static SessionLimits Of(RadiusPacket packet) => new SessionLimits(null, null, null).With(packet);

    /// <summary>What is not named stays (RFC 5176 section 3.6, note 3).</summary>
    public SessionLimits With(RadiusPacket packet) => new(
        packet.SessionTimeout is { } timeout ? TimeSpan.FromSeconds(timeout) : SessionTimeout,
        packet.AcctInterimInterval is { } interim and > 0 ? TimeSpan.FromSeconds(interim) : Interim,
        packet.FilterIds is [var first, ..] ? first : FilterId);
}
