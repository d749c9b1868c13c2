using NacGateway.Core.Audit;
using NacGateway.Core.Storage;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Audit;

/// <summary>What the trail takes in, and that nothing is done which it does not take.</summary>
public sealed class AuditLogTests(PostgreSqlServer postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a\u0000b\r\nc", "a b  c")]
    [InlineData("\U0001F512 locked", "\U0001F512 locked")]
    [InlineData("12345678\U0001F512", "12345678")]
    public void Text_is_kept_as_whole_characters_on_one_line(string given, string kept) =>
        Assert.Equal(kept, AuditLog.Clean(given, longest: given.StartsWith('1') ? 9 : 100));

    [Fact]
    public void Half_a_pair_becomes_what_stands_for_it() => Assert.Equal("half \uFFFD pair", AuditLog.Clean("half \uD83D pair", longest: 100));

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task Hostile_text_comes_back_as_it_was_hashed(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        const string Hostile = "\u202Eevil\U0001F512 <script>'\"; DROP TABLE x;--\u0000\uD83D";

        await gateway.Get<AuditLog>().RecordAsync(new AuditEntry { Actor = Hostile, Action = "x", Target = Hostile, Detail = string.Concat(Enumerable.Repeat(Hostile, 200)) }, Cancellation);

        Assert.True((await gateway.Get<AuditVerification>().RunAsync(Cancellation)).IsWhole);
        var line = await gateway.Get<AuditTrail>().FindAsync(1, Cancellation);
        Assert.Equal(AuditLog.Clean(Hostile, 253), line!.Actor);
    }

    [Theory]
    [MemberData(nameof(Gateways.Both), MemberType = typeof(Gateways))]
    public async Task A_change_and_its_line_are_durable_together_or_not_at_all(StorageProvider provider)
    {
        await using var gateway = await Gateways.StartAsync(provider, postgres);
        var log = gateway.Get<AuditLog>();

        var isDone = await log.RecordAsync(new AuditEntry { Actor = "a", Action = "nothing" }, (_, _) => Task.FromResult(false), Cancellation);
        var failed = await Record.ExceptionAsync(() => log.RecordAsync(new AuditEntry { Actor = "a", Action = "fails" }, (_, _) => throw new InvalidOperationException("no"), Cancellation));

        Assert.False(isDone);
        Assert.NotNull(failed);
        Assert.Empty(await gateway.Get<AuditTrail>().PageAsync(new AuditFilter(), before: null, take: 10, Cancellation));
    }

    [Fact]
    public async Task The_filter_finds_by_kind_actor_time_and_words_page_by_page()
    {
        await using var gateway = await Gateways.StartAsync(StorageProvider.Sqlite, postgres);
        var log = gateway.Get<AuditLog>();
        for (var number = 0; number < 30; number++)
        {
            gateway.Time.Advance(TimeSpan.FromMinutes(1));
            await log.RecordAsync(new AuditEntry { Actor = number % 3 == 0 ? "gateway" : "ada", Action = number % 3 == 1 ? "access.sign-in" : "session.extend", Outcome = number % 2 == 0 ? "done" : "refused", Target = $"Target {number}" }, Cancellation);
        }

        var trail = gateway.Get<AuditTrail>();
        Assert.Equal(10, await trail.CountAsync(new AuditFilter { Kinds = [AuditKind.Auth] }, 1000, Cancellation));
        Assert.Equal(10, await trail.CountAsync(new AuditFilter { Kinds = [AuditKind.System] }, 1000, Cancellation));
        Assert.Equal(20, await trail.CountAsync(new AuditFilter { Kinds = [AuditKind.System, AuditKind.Admin] }, 1000, Cancellation));
        Assert.Equal(5, await trail.CountAsync(new AuditFilter { Actors = ["gateway"], Outcomes = ["refused"] }, 1000, Cancellation));
        Assert.Equal([30], (await trail.PageAsync(new AuditFilter { Text = "tARGET 29" }, null, 10, Cancellation)).Select(line => line.Sequence));
        Assert.Equal(10, await trail.CountAsync(new AuditFilter { From = gateway.Time.GetUtcNow().AddMinutes(-9) }, 1000, Cancellation));
        var first = await trail.PageAsync(new AuditFilter(), null, 20, Cancellation);
        var second = await trail.PageAsync(new AuditFilter(), first[^1].Sequence, 20, Cancellation);
        Assert.Equal(Enumerable.Range(1, 30).Reverse().Select(number => (long)number), first.Concat(second).Select(line => line.Sequence));
    }
}
