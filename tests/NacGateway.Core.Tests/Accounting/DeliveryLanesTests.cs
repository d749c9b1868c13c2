using NacGateway.Core.Accounting;
using Xunit;

namespace NacGateway.Core.Tests.Accounting;

public sealed class DeliveryLanesTests
{
    private const double NoChance = 0.5;
    private readonly DeliveryLanes _lanes = new(frequency: 1, TimeSpan.FromMinutes(2));

    [Fact]
    public void Of_a_session_one_record_is_on_its_way_and_the_next_follows_when_it_is_acknowledged()
    {
        var (start, stop, other) = (Record(1, "a", AcctStatusType.Start), Record(2, "a", AcctStatusType.Stop), Record(3, "b", AcctStatusType.Start));
        Assert.All([start, stop, other], record => Assert.True(_lanes.TryAdd(record, 0)));

        Assert.Equal([start, other], TakeAll(0));
        _lanes.Done(start, 0);
        Assert.Equal([stop], TakeAll(0));
    }

    [Fact]
    public void A_record_without_acknowledgement_comes_again_after_pauses_that_double_up_to_a_bound_for_ever()
    {
        var start = Record(1, "a", AcctStatusType.Start);
        _lanes.TryAdd(start, 0);
        var now = 0L;
        List<long> pauses = [];
        for (var attempt = 0; attempt < 50; attempt++)
        {
            Assert.Equal([start], TakeAll(now));
            Assert.Equal(attempt + 1, _lanes.Missed(start, now, NoChance));
            pauses.Add(_lanes.NextDue - now);
            Assert.Empty(TakeAll(_lanes.NextDue - 1));
            now = _lanes.NextDue;
        }

        Assert.Equal([16, 32, 64, 120, 120], pauses.Take(5));
        Assert.Equal(120, pauses[^1]);
        Assert.InRange(_lanes.Pause(1, 0).TotalSeconds, 14.3, 14.5);
        Assert.InRange(_lanes.Pause(1, 0.999).TotalSeconds, 17.5, 17.7);
    }

    [Fact]
    public void A_newer_interim_takes_the_place_of_one_that_waits_and_of_one_that_was_sent_in_vain()
    {
        var (start, first, second, third) = (Record(1, "a", AcctStatusType.Start), Record(2, "a", AcctStatusType.InterimUpdate), Record(3, "a", AcctStatusType.InterimUpdate), Record(4, "a", AcctStatusType.InterimUpdate));
        _lanes.TryAdd(start, 0);
        TakeAll(0);
        _lanes.TryAdd(first, 0);
        _lanes.TryAdd(second, 0);
        _lanes.Done(start, 0);
        Assert.Equal([second], TakeAll(0));

        _lanes.TryAdd(third, 0);
        Assert.Equal(0, _lanes.Missed(second, 0, NoChance));
        Assert.Equal([third], TakeAll(_lanes.NextDue));
        Assert.Equal(1, _lanes.Unacknowledged);
    }

    [Theory]
    [InlineData(AcctStatusType.AccountingOn)]
    [InlineData(AcctStatusType.AccountingOff)]
    public void What_concerns_all_sessions_waits_for_those_before_it_and_those_after_it_wait_for_it(AcctStatusType status)
    {
        var (stop, all, start) = (Record(1, "a", AcctStatusType.Stop), Record(2, "run", status), Record(3, "b", AcctStatusType.Start));
        Assert.True(_lanes.TryAdd(stop, 0));
        Assert.False(_lanes.TryAdd(all, 0));
        Assert.Equal([stop], TakeAll(0));
        Assert.False(_lanes.TryAdd(all, 0));
        _lanes.Done(stop, 0);
        Assert.True(_lanes.TryAdd(all, 0));
        Assert.False(_lanes.TryAdd(start, 0));
        Assert.Equal([all], TakeAll(0));
        _lanes.Done(all, 0);

        Assert.True(_lanes.TryAdd(start, 0));
    }

    [Fact]
    public void A_session_that_is_sent_in_vain_does_not_hold_up_what_concerns_all()
    {
        var stop = Record(1, "a", AcctStatusType.Stop);
        _lanes.TryAdd(stop, 0);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.False(_lanes.TryAdd(Record(2, "run", AcctStatusType.AccountingOn), 0));
            TakeAll(_lanes.NextDue);
            _lanes.Missed(stop, 0, NoChance);
        }

        Assert.True(_lanes.TryAdd(Record(2, "run", AcctStatusType.AccountingOn), 0));
    }

    [Fact]
    public void A_row_is_not_taken_twice_before_it_is_deleted_and_all_wake_when_the_servers_are_back()
    {
        var (start, other) = (Record(1, "a", AcctStatusType.Start), Record(2, "b", AcctStatusType.Start));
        _lanes.TryAdd(start, 0);
        _lanes.TryAdd(other, 0);
        TakeAll(0);
        _lanes.Done(start, 0);
        Assert.True(_lanes.TryAdd(start, 0));
        Assert.Empty(TakeAll(0));
        _lanes.Missed(other, 0, NoChance);
        Assert.Empty(TakeAll(1));

        _lanes.WakeAll(1);

        Assert.Equal([other], TakeAll(1));
        _lanes.Forget([1]);
        Assert.Equal(1, _lanes.Count);
    }

    private static AccountingRecord Record(long id, string session, AcctStatusType status) =>
        new() { Id = id, Owner = "test", AcctSessionId = session, Status = status, EventAt = DateTimeOffset.UnixEpoch, Attributes = [] };

    private List<AccountingRecord> TakeAll(long now)
    {
        List<AccountingRecord> taken = [];
        while (_lanes.TryTake(now, out var record, out _))
        {
            taken.Add(record);
        }

        return taken;
    }
}
