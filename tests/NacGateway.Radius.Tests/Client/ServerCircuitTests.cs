using Microsoft.Extensions.Time.Testing;
using NacGateway.Radius.Client;
using Xunit;

namespace NacGateway.Radius.Tests.Client;

public sealed class ServerCircuitTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _told = [];
    private readonly ServerCircuit _circuit;

    public ServerCircuitTests() => _circuit = new ServerCircuit(new CircuitSettings(), _time, (from, to, reason) => _told.Add($"{from} {to} {reason}"));

    [Fact]
    public void Silence_leads_from_alive_over_suspect_to_dead_and_answers_lead_back_over_probing()
    {
        Die();
        Pass(1);
        _circuit.Answered();
        Assert.Equal(ServerState.Probing, _circuit.State);
        Pass(1);
        _circuit.Answered();
        Pass(1);
        Assert.Equal(ServerState.Probing, _circuit.State);
        _circuit.Answered();

        Assert.Equal(["Alive Suspect silence", "Suspect Dead silence", "Dead Probing it answers", "Probing Alive it answers"], _told);
    }

    [Fact]
    public void A_suspect_is_alive_again_with_its_first_answer()
    {
        Fail(1);
        _circuit.Answered();

        Assert.Equal((ServerState.Alive, 0), (_circuit.State, _circuit.Look().Failures));
    }

    [Fact]
    public void A_burst_that_is_lost_at_once_is_one_sign_and_not_many()
    {
        var sent = _time.GetTimestamp();
        Pass(1);
        for (var n = 0; n < 600; n++)
        {
            _circuit.Failed(sent, "silence");
        }

        Assert.Equal(ServerState.Suspect, _circuit.State);
    }

    [Fact]
    public void Two_failures_are_not_enough_however_long_they_last()
    {
        Fail(10);
        Fail(10);

        Assert.Equal(ServerState.Suspect, _circuit.State);
    }

    [Fact]
    public void A_request_that_is_older_than_the_last_answer_is_no_sign()
    {
        var sent = _time.GetTimestamp();
        Pass(1);
        _circuit.Answered();
        Pass(1);
        _circuit.Failed(sent, "silence");

        Assert.Equal((ServerState.Alive, 0), (_circuit.State, _circuit.Look().Failures));
    }

    [Fact]
    public void A_server_that_answers_late_does_not_die_and_is_not_trusted_either()
    {
        for (var n = 0; n < 10; n++)
        {
            Fail(2);
            _circuit.Answered(late: true);
        }

        Assert.Equal(["Alive Suspect silence"], _told);
    }

    [Fact]
    public void One_failure_ends_the_probing_of_a_server_that_was_dead()
    {
        Die();
        Pass(1);
        _circuit.Answered();
        Fail(1);

        Assert.Equal(ServerState.Dead, _circuit.State);
    }

    [Fact]
    public void Many_answers_at_once_do_not_bring_a_server_back_before_its_time()
    {
        Die();
        for (var n = 0; n < 100; n++)
        {
            _circuit.Answered();
        }

        Assert.Equal(ServerState.Probing, _circuit.State);
    }

    [Fact]
    public void The_dead_rest_half_a_minute_and_are_then_tried_by_one_request_at_a_time()
    {
        Die();
        Pass(29.9);
        Assert.False(_circuit.TryBeginTrial());
        Pass(0.2);

        Assert.True(_circuit.TryBeginTrial());
        Assert.False(_circuit.TryBeginTrial());
        Fail(1);
        _circuit.EndTrial(tried: true);
        Assert.False(_circuit.TryBeginTrial());
        Pass(30.1);
        Assert.True(_circuit.TryBeginTrial());
    }

    [Fact]
    public void A_trial_that_did_not_happen_is_still_due()
    {
        Die();
        Pass(31);
        Assert.True(_circuit.TryBeginTrial());
        _circuit.EndTrial(tried: false);

        Assert.True(_circuit.WasNotTried);
        Assert.True(_circuit.TryBeginTrial());
    }

    [Fact]
    public void Whoever_dies_again_soon_after_he_came_back_rests_longer_each_time_up_to_five_minutes()
    {
        List<int> rests = [];
        for (var n = 0; n < 6; n++)
        {
            Die();
            var rest = 0;
            while (!_circuit.TryBeginTrial())
            {
                Pass(1);
                rest++;
            }

            rests.Add(rest);
            ComeBack();
            _circuit.EndTrial(tried: true);
        }

        Assert.Equal([30, 60, 120, 240, 300, 300], rests);
    }

    [Fact]
    public void Five_good_minutes_make_a_bad_past_forgotten()
    {
        Die();
        ComeBack();
        Pass(301);
        Die();
        Pass(30.1);

        Assert.True(_circuit.TryBeginTrial());
    }

    [Fact]
    public void A_look_tells_since_when_and_when_the_last_answer_came()
    {
        _circuit.Answered();
        var answered = _time.GetUtcNow();
        Pass(5);
        Fail(1);

        Assert.Equal((ServerState.Suspect, _time.GetUtcNow(), 1, answered), _circuit.Look());
    }

    private void Pass(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private void Fail(double seconds)
    {
        // The clock moves on first: what is sent in the very instant of an answer is older than it.
        Pass(0.01);
        var sent = _time.GetTimestamp();
        Pass(seconds);
        _circuit.Failed(sent, "silence");
    }

    private void Die()
    {
        for (var n = 0; n < 3; n++)
        {
            Fail(1);
        }

        Assert.Equal(ServerState.Dead, _circuit.State);
    }

    private void ComeBack()
    {
        for (var n = 0; n < 3; n++)
        {
            _circuit.Answered();
            Pass(1);
        }

        Assert.Equal(ServerState.Alive, _circuit.State);
    }
}
