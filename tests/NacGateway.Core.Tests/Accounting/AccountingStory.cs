using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Policy;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Accounting;

/// <summary>
/// The life of a gateway that is killed again and again, by a seed: people come, use the network and go, the server is away, the
/// process dies at one of its writes and is started anew. What people do fails when the process is dead; they try again or leave.
/// </summary>
internal sealed class AccountingStory : IAsyncDisposable
{
    private readonly AccountingRig _rig;
    private readonly Random _random;
    private readonly int _seed;
    private KillSwitch? _kill;

    private AccountingStory(AccountingRig rig, int seed) => (_rig, _random, _seed) = (rig, new Random(seed), seed);

    public int Sessions { get; private set; }

    private Gateways Gateway => _rig.Gateway;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<AccountingStory> StartAsync(PostgreSqlServer postgres, StorageProvider provider, int seed)
    {
        (string Key, string Value)[] settings = [("Sessions:OverRestart", seed % 2 == 1 ? "Keep" : "End")];
        return new AccountingStory(await AccountingRig.StartAsync(postgres, provider, new FaultPlan(seed).Of, settings), seed);
    }

    /// <summary>A bit of life in which the process dies at this write, if it comes to it.</summary>
    /// <returns>Whether it died.</returns>
    public async Task<bool> RoundAsync(int point)
    {
        _kill = KillSwitch.Arm(Gateway.Faults, point);
        var one = await OpenAsync();
        var two = await OpenAsync();
        Use(one, 100);
        Use(two, 200);
        await Attempted(() => Gateway.Sweeper.RecordTrafficAsync(Token));
        await _rig.PassAsync(TimeSpan.FromSeconds(95), step: 5);
        Use(one, 50);
        await CloseAsync(one);
        await OpenAsync();
        await _rig.PassAsync(TimeSpan.FromSeconds(10), step: 1);
        await CloseAsync(two);
        await _rig.PassAsync(TimeSpan.FromSeconds(5), step: 1);
        var died = _kill.HasStruck;
        await ReviveAsync();
        Gateway.Faults.Begin = Gateway.Faults.Commit = Gateway.Faults.Committed = null;
        Gateway.Faults.Command = null;
        return died;
    }

    /// <summary>Dies, and dies again while it starts.</summary>
    public async Task StartKilledAsync(int point)
    {
        await OpenAsync();
        try
        {
            await Gateway.RestartAsync(killed: true, faults: faults => _kill = KillSwitch.Arm(faults, point));
            await _rig.PassAsync(TimeSpan.FromSeconds(5), step: 1);
        }
        catch (Exception exception) when (_kill is { HasStruck: true } && exception is not OperationCanceledException)
        {
            // It did not come up.
        }

        await Gateway.RestartAsync(killed: true);
        _kill = null;
    }

    /// <summary>Some hours by the seed, with an hour in which the server is away.</summary>
    public async Task WanderAsync()
    {
        var outage = _random.Next(10, 25);
        for (var step = 0; step < 40; step++)
        {
            if (step == outage)
            {
                _rig.Server.IsDown = true;
            }

            await ActAsync();
            if (_kill is null && _random.Next(4) == 0)
            {
                _kill = KillSwitch.Arm(Gateway.Faults, _random.Next(1, 15));
            }

            // The hour is the sum of six pieces of ten minutes.
            var isAway = step >= outage && step < outage + 6;
            await _rig.PassAsync(isAway ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(_random.Next(1, 100)), step: isAway ? 10 : 5);
            await ReviveAsync();
            if (step == outage + 5)
            {
                _rig.Server.IsDown = false;
            }
        }
    }

    /// <summary>Everybody leaves, and the server gets what is left.</summary>
    public async Task EndAsync()
    {
        await ReviveAsync();
        await Gateway.RestartAsync(killed: true);
        _kill = null;
        _rig.Server.IsDown = false;
        foreach (var id in await OpenIdsAsync())
        {
            await Gateway.Sessions.CloseAsync(id, AcctTerminateCause.UserRequest, Token);
        }

        await _rig.UntilDeliveredAsync(step: 1);
    }

    public async Task<IReadOnlyList<string>> ProblemsAsync() => _rig.Server.Book.Problems(await _rig.SessionRowsAsync());

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    private async Task ActAsync()
    {
        var open = Gateway.Table.Snapshot().OrderBy(session => session.AcctSessionId, StringComparer.Ordinal).ToList();
        switch (_random.Next(6))
        {
            case 0 or 1 or 2:
                await OpenAsync();
                break;
            case 3 when open.Count > 0:
                await CloseAsync(open[_random.Next(open.Count)].AcctSessionId);
                break;
            case 4:
                await Attempted(() => Gateway.Sweeper.RecordTrafficAsync(Token));
                break;
            default:
                foreach (var session in open)
                {
                    session.Traffic.Add(_random.Next(2_000_000_000), _random.Next(2_000_000_000), Gateway.Time.GetTimestamp());
                }

                break;
        }
    }

    /// <summary>Opens a session; one of eight clients, so that some come back and end their own earlier one.</summary>
    private async Task<string> OpenAsync()
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{_seed:x8}-{++Sessions:x8}");
        var opening = Openings.Of($"user{Sessions}", $"192.0.2.{_random.Next(1, 9)}", sessionTimeout: TimeSpan.FromMinutes(_random.Next(5, 120))) with
        {
            AcctSessionId = id,
            Limits = new SessionLimits { SessionTimeout = TimeSpan.FromMinutes(_random.Next(5, 120)), InterimInterval = TimeSpan.FromSeconds(60) },
        };
        await Attempted(() => Gateway.Sessions.OpenAsync(opening, Token));
        return id;
    }

    private Task CloseAsync(string acctSessionId) => Attempted(() => Gateway.Sessions.CloseAsync(acctSessionId, AcctTerminateCause.UserRequest, Token));

    private void Use(string acctSessionId, long octets)
    {
        if (Gateway.Table.TryFind(acctSessionId, out var session))
        {
            session.Traffic.Add(octets, octets * 2, Gateway.Time.GetTimestamp());
        }
    }

    /// <summary>What a dead process was asked for does not happen.</summary>
    private async Task Attempted(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception exception) when (_kill is { HasStruck: true } && exception is not OperationCanceledException)
        {
            // It died.
        }
    }

    /// <summary>Starts the next process when this one has died.</summary>
    private async Task ReviveAsync()
    {
        if (_kill is { HasStruck: true })
        {
            _kill = null;
            await Gateway.RestartAsync(killed: true, later: TimeSpan.FromSeconds(_random.Next(1, 60)));
        }
    }

    private Task<List<string>> OpenIdsAsync() =>
        Gateway.ReadAsync(database => database.Set<Session>().Where(row => row.EndedAt == null).Select(row => row.AcctSessionId).ToListAsync(Token));
}
