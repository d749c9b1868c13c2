using Microsoft.Extensions.Time.Testing;
using NacGateway.Core.Enforcement.Nftables;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using Xunit;

namespace NacGateway.Core.Tests.Sessions;

/// <summary>A wall clock that somebody sets, or that NTP puts right at boot, is no time that has passed.</summary>
public sealed class ClockJumpTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public void A_wall_clock_that_jumps_neither_ends_nor_extends_a_session_nor_its_elements_in_the_kernel(int hours)
    {
        var clock = new SetClock();
        var table = new SessionTable(clock);
        var opening = Openings.Of("alice", "192.0.2.1", sessionTimeout: TimeSpan.FromHours(1)) with { CallingStationId = "02-00-5E-00-53-01" };
        var session = SessionRows.ToActive(SessionRows.ToRow(opening, clock.GetUtcNow()), clock);
        table.Put(session);
        var before = Enforced();

        clock.SetBy = TimeSpan.FromHours(hours);

        Assert.True(table.TryGet(session.ClientAddress, out _));
        Assert.True(before.IsAs(Enforced()));
        clock.Monotonic.Advance(TimeSpan.FromMinutes(59));
        Assert.True(table.TryGet(session.ClientAddress, out _));
        Assert.True(before.IsAs(Enforced()));
        clock.Monotonic.Advance(TimeSpan.FromMinutes(1));
        Assert.False(table.TryGet(session.ClientAddress, out _));

        EnforcedSession Enforced() => EnforcedSession.Of(session, new LeaseTable(clock), AccessPolicy.None, clock)!;
    }

    /// <summary>Tells another time of day than has passed.</summary>
    private sealed class SetClock : TimeProvider
    {
        public FakeTimeProvider Monotonic { get; } = new();

        public TimeSpan SetBy { get; set; }

        public override long TimestampFrequency => Monotonic.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => Monotonic.GetUtcNow() + SetBy;

        public override long GetTimestamp() => Monotonic.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => Monotonic.CreateTimer(callback, state, dueTime, period);
    }
}
