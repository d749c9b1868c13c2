using System.Collections.Concurrent;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.Client;

/// <summary>Servers that die and come back, under load, on real sockets; the circuit's times are shortened, its rules are not.</summary>
public sealed class RecoveryTests
{
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(10);

    private static readonly CircuitSettings s_quick = new()
    {
        SilenceToDead = TimeSpan.FromSeconds(0.2),
        AnsweringToAlive = TimeSpan.FromSeconds(0.2),
        Rest = TimeSpan.FromSeconds(0.3),
        LongestRest = TimeSpan.FromSeconds(1),
        TrialSpacing = TimeSpan.FromSeconds(0.05),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("RTX-7")]
    public async Task Once_the_first_server_is_known_to_be_dead_nobody_waits_for_it_and_before_that_nobody_waits_out_the_budget()
    {
        await using var dead = new AutoResponder(AutoResponder.Silence);
        await using var second = new AutoResponder();
        await using var group = new RadiusServerGroup([dead.Settings("dead"), second.Settings("second", priority: 1)], TimeProvider.System);

        // 1. Before its death is known: hedged, each well under the budget.
        var signIns = 0;
        while (group.Health[0].State != ServerState.Dead)
        {
            var early = await SignInAsync(group);
            Assert.True(early < s_budget / 4, $"sign-in {signIns} took {early}");
            Assert.True(++signIns < 20, "a server that answers nothing must be found dead");
        }

        // 2. Afterwards.
        var asked = dead.Received.Count;
        var times = new List<TimeSpan>();
        for (var n = 0; n < 300; n++)
        {
            times.Add(await SignInAsync(group));
        }

        times.Sort();
        Assert.True(times[296] < TimeSpan.FromSeconds(1), $"99th percentile {times[296]}");
        Assert.Equal(asked, dead.Received.Count);
    }

    [Fact]
    [Requirement("RTX-7", "RAR-14")]
    public async Task A_server_that_falls_silent_under_load_and_comes_back_is_left_and_found_again_with_no_request_lost()
    {
        await using var first = new AutoResponder();
        await using var second = new AutoResponder();
        await using var group = new RadiusServerGroup([first.Settings("first"), second.Settings("second", priority: 1)], TimeProvider.System, null, s_quick);
        var told = new ConcurrentQueue<string>();
        group.StateChanged += (_, change) => told.Enqueue($"{change.Server.Name} {change.To}");
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var load = Enumerable.Range(0, 8).Select(worker => LoadAsync(group, worker, enough.Token)).ToArray();

        await AutoResponder.UntilAsync(() => first.Received.Count > 200, "load");
        first.Answer = AutoResponder.Silence;
        await AutoResponder.UntilAsync(() => group.Health[0].State == ServerState.Dead, "the first is dead");
        first.Answer = AutoResponder.Accept;
        await AutoResponder.UntilAsync(() => group.Health[0].State == ServerState.Alive, "the first is alive again");
        var before = first.Received.Count;
        await AutoResponder.UntilAsync(() => first.Received.Count > before + 200, "the first has its load back");
        await enough.CancelAsync();

        Assert.All(await Task.WhenAll(load), lost => Assert.Empty(lost));
        Assert.Equal(["first Suspect", "first Dead", "first Probing", "first Alive"], Essential(told));

        // What tried it were requests of users, whole ones; nothing made up.
        Assert.All(first.Received, item => Assert.StartsWith("user ", item.Request.UserName, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Beside_a_healthy_server_a_flapping_one_costs_no_request()
    {
        await using var flapping = new AutoResponder();
        await using var healthy = new AutoResponder();
        await using var group = new RadiusServerGroup([flapping.Settings("flapping"), healthy.Settings("healthy", priority: 1)], TimeProvider.System, null, s_quick);
        var deaths = 0;
        group.StateChanged += (_, change) => Interlocked.Add(ref deaths, change is { Server.Name: "flapping", To: ServerState.Dead } ? 1 : 0);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var load = Enumerable.Range(0, 4).Select(worker => LoadAsync(group, worker, enough.Token)).ToArray();

        for (var n = 0; n < 6; n++)
        {
            flapping.Answer = n % 2 == 0 ? AutoResponder.Silence : AutoResponder.Accept;
            await Task.Delay(TimeSpan.FromSeconds(0.8), TimeProvider.System, Token);
        }

        await enough.CancelAsync();
        Assert.All(await Task.WhenAll(load), lost => Assert.Empty(lost));
        Assert.InRange(deaths, 1, 4);
    }

    [Fact]
    public async Task A_dead_server_is_tried_before_the_other_when_requests_may_not_go_to_two_at_once()
    {
        await using var first = new AutoResponder(AutoResponder.Silence);
        await using var second = new AutoResponder(Acknowledge);
        await using var group = new RadiusServerGroup([first.Settings("first"), second.Settings("second", priority: 1)], TimeProvider.System, null, s_quick);
        await RepeatUntilAsync(() => group.Health[0].State == ServerState.Dead, () => AccountAsync(group, TimeSpan.FromSeconds(1.2)));

        first.Answer = Acknowledge;
        await RepeatUntilAsync(() => group.Health[0].State == ServerState.Alive, async () => Assert.Equal(1, (await AccountAsync(group, s_budget)).Sends));

        Assert.Equal("first", (await AccountAsync(group, s_budget)).Server!.Name);
    }

    [Fact]
    public async Task Where_all_are_dead_all_are_asked_all_the_same()
    {
        await using var first = new AutoResponder(AutoResponder.Silence);
        await using var second = new AutoResponder(AutoResponder.Silence);
        await using var group = new RadiusServerGroup([first.Settings("first"), second.Settings("second", priority: 1)], TimeProvider.System, null, s_quick);
        await RepeatUntilAsync(
            () => group.Health.All(server => server.State == ServerState.Dead),
            () => group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, TimeSpan.FromSeconds(1.7), Token));

        second.Answer = AutoResponder.Accept;
        var result = await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);

        Assert.Equal((ExchangeStatus.Answered, "second"), (result.Status, result.Server!.Name));
        Assert.Equal(ServerState.Probing, group.Health[1].State);
    }

    [Fact]
    [Requirement("RSTS-8")]
    public async Task Two_ports_of_one_address_live_and_die_each_for_itself()
    {
        await using var authentication = new AutoResponder();
        await using var accounting = new AutoResponder(AutoResponder.Silence);
        Assert.Equal(authentication.EndPoint.Address, accounting.EndPoint.Address);
        await using var group = new RadiusServerGroup([accounting.Settings("accounting"), authentication.Settings("authentication", priority: 1)], TimeProvider.System, null, s_quick);
        await RepeatUntilAsync(() => group.Health[0].State == ServerState.Dead, () => SignInAsync(group));

        Assert.Equal([ServerState.Dead, ServerState.Alive], group.Health.Select(server => server.State));
    }

    [Fact]
    public async Task Equal_servers_share_the_load_by_turns()
    {
        await using var one = new AutoResponder();
        await using var two = new AutoResponder();
        await using var three = new AutoResponder();
        await using var group = new RadiusServerGroup([one.Settings("one"), two.Settings("two"), three.Settings("three", priority: 1)], TimeProvider.System);

        for (var n = 0; n < 20; n++)
        {
            await SignInAsync(group);
        }

        Assert.Equal((10, 10, 0), (one.Received.Count, two.Received.Count, three.Received.Count));
    }

    private static async Task RepeatUntilAsync(Func<bool> condition, Func<Task> act)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "in vain repeated");
            await act();
        }
    }

    private static byte[]? Acknowledge(RadiusPacket request) => Responder.Reply(request, RadiusCode.AccountingResponse);

    private static Task<ExchangeResult> AccountAsync(RadiusServerGroup group, TimeSpan budget) =>
        group.ExchangeAsync(RadiusCode.AccountingRequest, (request, _) => request.UserName = "alice", budget, Token);

    private static async Task<TimeSpan> SignInAsync(RadiusServerGroup group)
    {
        var result = await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.Fill, s_budget, Token);
        Assert.Equal(ExchangeStatus.Answered, result.Status);
        return result.Elapsed;
    }

    /// <summary>One request after the other, a few hundred a second at most.</summary>
    /// <returns>What was not answered, or not with the own answer.</returns>
    private static async Task<IReadOnlyList<string>> LoadAsync(RadiusServerGroup group, int worker, CancellationToken enough)
    {
        List<string> lost = [];
        for (var n = 0; !enough.IsCancellationRequested; n++)
        {
            var user = $"user {worker} {n}";
            var result = await group.ExchangeAsync(RadiusCode.AccessRequest, Responder.FillFor(user), s_budget, Token);
            if (result.Status != ExchangeStatus.Answered || result.Reply!.ReplyMessages.Single() != user)
            {
                lost.Add($"{user}: {result}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Token);
        }

        return lost;
    }

    /// <summary>The way down and up: a suspicion that was none is left out.</summary>
    private static List<string> Essential(IEnumerable<string> told)
    {
        var all = told.ToList();
        var death = all.IndexOf("first Dead");
        return [.. all[..death].TakeLast(1), .. all[death..].Take(3)];
    }
}
