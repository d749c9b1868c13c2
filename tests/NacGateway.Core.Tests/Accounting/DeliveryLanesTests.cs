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
            Assert.Equal(attempt + 1, _lanes.Missed(start, now, NoChance).Attempts);
            pauses.Add(_lanes.NextDue(1) - now);
            Assert.Empty(TakeAll(_lanes.NextDue(1) - 1));
            now = _lanes.NextDue(1);
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
        Assert.Equal(0, _lanes.Missed(second, 0, NoChance).Attempts);
        Assert.Equal([third], TakeAll(_lanes.NextDue(1)));
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
    public void A_session_that_is_sent_in_vain_while_others_are_acknowledged_does_not_hold_up_what_concerns_all()
    {
        var stop = Record(1, "a", AcctStatusType.Stop);
        _lanes.TryAdd(stop, 0);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.False(_lanes.TryAdd(Record(100, "run", AcctStatusType.AccountingOn), 0));
            var now = _lanes.NextDue(1);
            Refuse(stop, now, attempt + 2);
        }

        Assert.True(_lanes.TryAdd(Record(100, "run", AcctStatusType.AccountingOn), 0));
    }

    [Fact]
    public void While_nobody_is_acknowledged_what_concerns_all_stays_behind_the_others_for_long_and_is_behind_them_again_when_the_servers_are_back()
    {
        var (stop, off) = (Record(1, "a", AcctStatusType.Stop), Record(2, "run", AcctStatusType.AccountingOff));
        _lanes.TryAdd(stop, 0);
        Assert.False(_lanes.TryAdd(off, 0));
        for (var now = 0L; now < 299; now = _lanes.NextDue(1))
        {
            Assert.False(_lanes.TryAdd(off, now));
            TakeAll(now);
            _lanes.Missed(stop, now, NoChance);
        }

        Assert.False(_lanes.TryAdd(off, 299));
        Assert.True(_lanes.TryAdd(off, 300));
        Assert.True(_lanes.WakeAll(301));

        Assert.Equal([stop], TakeAll(301));
        Assert.False(_lanes.TryAdd(off, 301));
        _lanes.Done(stop, 302);
        Assert.True(_lanes.TryAdd(off, 302));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_Stop_takes_the_place_of_an_interim_that_waits_and_of_one_that_was_sent_in_vain_and_the_row_is_deleted(bool wasSent)
    {
        var (interim, stop) = (Record(1, "a", AcctStatusType.InterimUpdate), Record(2, "a", AcctStatusType.Stop));
        _lanes.TryAdd(interim, 0);
        if (wasSent)
        {
            TakeAll(0);
            _lanes.TryAdd(stop, 0);
            Assert.Empty(TakeAll(1000));
            Assert.Equal(0, _lanes.Missed(interim, 0, NoChance).Attempts);
        }
        else
        {
            TakeAll(0);
            _lanes.Missed(interim, 0, NoChance);
            _lanes.TryAdd(stop, 0);
        }

        Assert.Equal([stop], TakeAll(0));
        Assert.Equal([1], _lanes.TakeSuperseded());
        Assert.True(_lanes.TryAdd(interim, 0));
        Assert.Equal(1, _lanes.Unacknowledged);
    }

    [Fact]
    public void Records_that_were_never_offered_go_first_and_those_of_sessions_that_are_stuck_have_a_part_of_the_window()
    {
        List<AccountingRecord> stuck = [.. Enumerable.Range(1, 8).Select(id => Record(id, $"stuck{id}", AcctStatusType.Start))];
        stuck.ForEach(record => _lanes.TryAdd(record, 0));
        for (var time = 1; time <= 3; time++)
        {
            var now = time * 1000;
            stuck.ForEach(record => Assert.True(_lanes.TryTake(now, mostStuck: 8, out _, out _)));
            Acknowledge(100 + time, now);
            stuck.ForEach(record => Assert.Equal(new Miss(time, IsTelling: true), _lanes.Missed(record, now, NoChance)));
        }

        var fresh = Record(200, "fresh", AcctStatusType.Start);
        _lanes.TryAdd(fresh, 5000);

        Assert.Equal([fresh, stuck[0], stuck[1]], TakeAll(5000, mostStuck: 2));
        Assert.Equal(long.MaxValue, _lanes.NextDue(2));
        Assert.False(_lanes.Missed(stuck[0], 5000, NoChance).IsTelling);
        Assert.Equal([stuck[2]], TakeAll(5000, mostStuck: 2));
    }

    [Fact]
    public void Sessions_that_are_stuck_leave_the_memory_and_are_called_back_when_they_have_been_due_longest()
    {
        List<AccountingRecord> stuck = [.. Enumerable.Range(1, DeliveryLanes.MostStuck + 10).Select(id => Record(id, $"stuck{id}", AcctStatusType.Start))];
        stuck.ForEach(record => _lanes.TryAdd(record, 0));
        for (var time = 1; time <= 3; time++)
        {
            TakeAll(time * 1000, int.MaxValue);
            Acknowledge(10_000 + time, time * 1000);
            stuck.ForEach(record => _lanes.Missed(record, time * 1000, NoChance));
        }

        _lanes.Forget([10_001, 10_002, 10_003]);
        Assert.Equal(DeliveryLanes.MostStuck, _lanes.Count);
        Assert.True(_lanes.TryAdd(stuck[^1], 3000));
        Assert.Equal(DeliveryLanes.MostStuck, _lanes.Count);

        Assert.False(_lanes.WakeAll(3000));
        TakeAll(5000, int.MaxValue).ForEach(record => _lanes.Done(record, 5000));
        _lanes.Recall(5000);
        stuck.ForEach(record => _lanes.TryAdd(record, 5000));

        Assert.Equal(stuck[^10..], TakeAll(5000, int.MaxValue));
    }

    [Fact]
    public void Room_is_made_by_leaving_rows_in_the_database_which_come_back_when_the_servers_do()
    {
        List<AccountingRecord> records = [.. Enumerable.Range(1, 100).Select(id => Record(id, $"{id}", AcctStatusType.Start))];
        records.ForEach(record => _lanes.TryAdd(record, 0));
        Assert.True(_lanes.TryTake(0, 1, out var sent, out _));

        _lanes.MakeRoom(60);
        records.ForEach(record => _lanes.TryAdd(record, 0));

        Assert.Equal(40, _lanes.Count);
        Assert.False(_lanes.TryAdd(Record(200, "run", AcctStatusType.AccountingOff), 0));
        _lanes.Done(sent, 0);
        Assert.True(_lanes.WakeAll(0));
        records.ForEach(record => _lanes.TryAdd(record, 0));
        Assert.Equal(records.Skip(1), TakeAll(0).OrderBy(record => record.Id));
    }

    [Fact]
    public void After_three_offers_of_Accounting_On_one_session_goes_past_it_and_when_that_is_acknowledged_it_is_given_up()
    {
        var (all, probe, next, other) = (Record(1, "run", AcctStatusType.AccountingOn), Record(2, "a", AcctStatusType.Start), Record(3, "a", AcctStatusType.Stop), Record(4, "b", AcctStatusType.Start));
        _lanes.TryAdd(all, 0);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.False(_lanes.TryAdd(probe, 0));
            TakeAll(_lanes.NextDue(1));
            _lanes.Missed(all, 0, NoChance);
        }

        Assert.True(_lanes.TryAdd(probe, 0));
        Assert.True(_lanes.TryAdd(next, 0));
        Assert.False(_lanes.TryAdd(other, 0));
        Assert.Equal([probe], TakeAll(0));
        Assert.Null(_lanes.TakeGivenUp(10, 0));
        _lanes.Done(probe, 0);

        Assert.Same(all, _lanes.TakeGivenUp(10, 0));
        Assert.True(_lanes.TryAdd(other, 0));
        Assert.Equal([next, other], TakeAll(0));
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

    /// <summary>Offers it in vain, and another's record with success.</summary>
    private void Refuse(AccountingRecord record, long now, long otherId)
    {
        Assert.Equal([record], TakeAll(now));
        Acknowledge(otherId, now);
        _lanes.Missed(record, now, NoChance);
    }

    private void Acknowledge(long id, long now)
    {
        var other = Record(id, $"other{id}", AcctStatusType.Start);
        Assert.True(_lanes.TryAdd(other, now));
        Assert.Equal([other], TakeAll(now));
        _lanes.Done(other, now);
    }

    private List<AccountingRecord> TakeAll(long now, int mostStuck = 1)
    {
        List<AccountingRecord> taken = [];
        while (_lanes.TryTake(now, mostStuck, out var record, out _))
        {
            taken.Add(record);
        }

        return taken;
    }
}
