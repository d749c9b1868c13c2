using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using NacGateway.Core.Sessions;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Sessions;

public sealed class SessionSweeperTests(PostgreSqlServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_that_cannot_be_ended_does_not_keep_the_others_open()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var stuck = await gateway.OpenAsync(Openings.Of("alice", "192.0.2.1", sessionTimeout: TimeSpan.FromMinutes(5)));
        var other = await gateway.OpenAsync(Openings.Of("bob", "192.0.2.2", sessionTimeout: TimeSpan.FromMinutes(5)));
        gateway.Faults.Command = Fault(stuck);
        gateway.Time.Advance(TimeSpan.FromMinutes(5));

        await gateway.Sweeper.SweepAsync(Token);

        Assert.False(gateway.Table.TryFind(other.AcctSessionId, out _));
        Assert.True(gateway.Table.TryFind(stuck.AcctSessionId, out _));
        Assert.Contains(gateway.Lines, line => line.Id == 2021);
    }

    [Fact]
    public async Task Sessions_whose_end_cannot_be_recorded_are_one_line_a_minute()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        await gateway.Sweeper.StopAsync(Token);
        await Task.WhenAll(Enumerable.Range(1, 50).Select(n => gateway.OpenAsync(Openings.Of($"user{n}", $"192.0.2.{n}", sessionTimeout: TimeSpan.FromMinutes(5)))));
        gateway.Time.Advance(TimeSpan.FromMinutes(5));
        gateway.Faults.Begin = () => throw new IOException("The database is gone.");

        await gateway.Sweeper.SweepAsync(Token);
        await gateway.Sweeper.SweepAsync(Token);
        gateway.Time.Advance(TimeSpan.FromMinutes(1));
        await gateway.Sweeper.SweepAsync(Token);

        var lines = gateway.Lines.Where(line => line.Id == 2020).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Contains(" 99 more attempts failed", lines[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sweeper_outlives_a_fault()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var session = await gateway.OpenAsync(Openings.Of(sessionTimeout: TimeSpan.FromMinutes(5)));
        var hit = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        await using var registration = session.Ended.Register(ended.SetResult);
        gateway.Faults.Command = Fault(session, hit);
        gateway.Time.Advance(TimeSpan.FromMinutes(5));
        await hit.Task;

        gateway.Faults.Command = null;
        gateway.Time.Advance(TimeSpan.FromSeconds(2));

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Token);
    }

    [Fact]
    public async Task A_stop_goes_on_when_the_last_traffic_cannot_be_recorded()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var session = await gateway.OpenAsync(Openings.Of());
        session.Traffic.Add(1, 1, gateway.Time.GetTimestamp());
        gateway.Faults.Command = Fault(session);

        await gateway.Sweeper.StopAsync(Token);

        Assert.Contains(gateway.Lines, line => line.Id == 2023);
    }

    [Fact]
    public async Task Traffic_of_many_sessions_is_recorded_by_few_statements_and_only_where_it_moved()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.PostgreSql, postgres);
        var sessions = await Task.WhenAll(Enumerable.Range(1, 200).Select(n => gateway.OpenAsync(Openings.Of($"user{n}", $"192.0.2.{n}"))));
        Array.ForEach(sessions, session => session.Traffic.Add(10, 20, gateway.Time.GetTimestamp()));
        var commands = 0;
        gateway.Faults.Command = _ => Interlocked.Increment(ref commands);

        await gateway.Sweeper.RecordTrafficAsync(Token);
        var whenAllMoved = Interlocked.Exchange(ref commands, 0);
        await gateway.Sweeper.RecordTrafficAsync(Token);
        var whenNoneMoved = commands;

        Assert.InRange(whenAllMoved, 2, 20);
        Assert.Equal(0, whenNoneMoved);
        Assert.Equal(200, await gateway.ReadAsync(database => database.Set<Session>().CountAsync(row => row.InputOctets == 10 && row.OutputOctets == 20, Token)));
    }

    [Fact]
    public async Task An_idle_session_ended_when_its_idle_time_was_over_however_late_that_is_recorded()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var session = await gateway.OpenAsync(Openings.Of(idleTimeout: TimeSpan.FromMinutes(5)));
        gateway.Time.Advance(TimeSpan.FromMinutes(3));
        session.Traffic.Add(1, 1, gateway.Time.GetTimestamp());
        var due = gateway.Time.GetUtcNow() + TimeSpan.FromMinutes(5);
        gateway.Time.Advance(TimeSpan.FromMinutes(9));

        await gateway.Sweeper.SweepAsync(Token);

        var row = await gateway.ReadAsync(database => database.Set<Session>().SingleAsync(Token));
        Assert.Equal((AcctTerminateCause.IdleTimeout, due), (row.TerminateCause!.Value, row.EndedAt!.Value));
    }

    /// <summary>A bug in whatever speaks of this session.</summary>
    private static Action<DbCommand> Fault(ActiveSession session, TaskCompletionSource? hit = null) => command =>
    {
        if (command.CommandText.Contains(session.AcctSessionId, StringComparison.Ordinal)
            || command.Parameters.Cast<DbParameter>().Any(parameter => parameter.Value is string text && text.Contains(session.AcctSessionId, StringComparison.Ordinal)))
        {
            hit?.TrySetResult();
            throw new FormatException("a bug");
        }
    };
}
