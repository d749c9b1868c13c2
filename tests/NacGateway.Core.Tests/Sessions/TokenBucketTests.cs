using Microsoft.Extensions.Time.Testing;
using NacGateway.Core.Sessions;
using Xunit;

namespace NacGateway.Core.Tests.Sessions;

/// <summary>The shaping of one direction of a session, on a clock that only the test moves.</summary>
public sealed class TokenBucketTests
{
    private const int Seeds = 40;
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<long> Rates => [8, 9_600, 100_000, 1_000_003, 50_000_000, 10_000_000_000];

    /// <summary>The promise itself, over every stretch of time of a random run, and that nobody is slowed beyond it while somebody waits.</summary>
    [Theory]
    [MemberData(nameof(Rates))]
    public async Task Never_more_passes_than_rate_times_time_and_one_burst_and_never_less_while_some_wait(long rate)
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            await CheckAsync(rate, new Random(seed), $"rate {rate}, seed {seed}");
        }
    }

    [Fact]
    public void Without_a_rate_everything_passes_at_once_and_costs_no_memory()
    {
        var bucket = new TokenBucket(_time);
        Assert.True(Take(bucket, 1).IsCompletedSuccessfully);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var passed = true;
        for (var i = 0; i < 1000; i++)
        {
            passed &= Take(bucket, TokenBucket.LargestPiece).IsCompletedSuccessfully;
        }

        Assert.True(passed);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Those_that_wait_pass_in_the_order_in_which_they_came_whatever_they_want()
    {
        var bucket = Emptied(rate: 8_000);
        Task[] waiting = [.. new[] { 1_000, 1, 2_000, 500, 16_000, 3 }.Select(octets => Take(bucket, octets))];

        List<int> passed = [];
        while (passed.LastOrDefault() < waiting.Length)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            passed.Add(waiting.TakeWhile(one => one.IsCompleted).Count());
            Assert.Equal(passed[^1], waiting.Count(one => one.IsCompleted));
        }

        // 19,504 octets at a thousand a second.
        Assert.InRange(passed.Count, 195, 197);
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task Who_gives_up_takes_nothing_and_lets_the_next_pass()
    {
        var bucket = Emptied(rate: 8_000);
        using var patience = new CancellationTokenSource();
        var large = bucket.TakeAsync(10_000, patience.Token).AsTask();
        var small = Take(bucket, 1_000);

        _time.Advance(TimeSpan.FromSeconds(1.002));
        Assert.False(small.IsCompleted);
        await patience.CancelAsync();

        await small.WaitAsync(Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        Assert.False(Take(bucket, 10).IsCompleted);
    }

    [Fact]
    public async Task Who_has_given_up_before_gets_no_place()
    {
        var bucket = Emptied(rate: 8);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await bucket.TakeAsync(1, new CancellationToken(canceled: true)));
        bucket.Rate = 8_000_000;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Take(bucket, 1).IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(long.MaxValue)]
    public async Task Another_rate_counts_at_once_for_those_that_wait(long? other)
    {
        var bucket = Emptied(rate: 1);
        var waiting = Take(bucket, TokenBucket.LargestPiece);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.False(waiting.IsCompleted);

        bucket.Rate = other;
        _time.Advance(TimeSpan.FromMilliseconds(2));

        await waiting.WaitAsync(Token);
    }

    [Fact]
    public void Changing_the_rate_to_and_fro_makes_no_octets()
    {
        var bucket = Emptied(rate: 8_000);
        for (var i = 0; i < 100; i++)
        {
            bucket.Rate = 80_000_000;
            bucket.Rate = 8_000;
        }

        Assert.False(Take(bucket, 1).IsCompleted);
    }

    [Theory]
    [InlineData(1, 1024)]
    [InlineData(64_000, 2_000)]
    [InlineData(long.MaxValue, TokenBucket.LargestPiece)]
    public void The_slower_the_rate_the_smaller_the_pieces(long rate, int piece) =>
        Assert.Equal(piece, new TokenBucket(_time) { Rate = rate }.Piece);

    [Fact]
    public void Years_of_silence_and_the_greatest_rate_are_one_burst()
    {
        var bucket = new TokenBucket(_time) { Rate = long.MaxValue };
        _time.Advance(TimeSpan.FromDays(36_500));

        Assert.True(Take(bucket, TokenBucket.LargestPiece).IsCompletedSuccessfully);
    }

    private static Task Take(TokenBucket bucket, int octets) => bucket.TakeAsync(octets, Token).AsTask();

    private TokenBucket Emptied(long rate)
    {
        var bucket = new TokenBucket(_time) { Rate = rate };
        Assert.True(Take(bucket, TokenBucket.LargestPiece).IsCompletedSuccessfully);
        return bucket;
    }

    private async Task CheckAsync(long rate, Random random, string run)
    {
        var bucket = new TokenBucket(_time) { Rate = rate };
        var burst = Math.Max(rate / 32.0, TokenBucket.LargestPiece);
        List<(int Octets, Task Passed)> waiting = [];
        List<(double At, long Octets)> passed = [(Now(), 0)];
        for (var step = 0; step < 60; step++)
        {
            for (var i = random.Next(4); i > 0; i--)
            {
                var octets = random.Next(1, bucket.Piece + 1);
                waiting.Add((octets, Take(bucket, octets)));
            }

            Look();
            var backlog = waiting.Count > 0;
            var (before, start) = (passed.Sum(some => some.Octets), Now());

            // In small steps: a timer that comes later than a burst would lose what is beyond it.
            for (var i = random.Next(30); i > 0; i--)
            {
                _time.Advance(TimeSpan.FromSeconds(random.NextDouble() * bucket.Piece / rate));
                Look();
            }

            // 1. Whoever waited all the while was let pass as soon as there was enough.
            if (backlog && waiting.Count > 0)
            {
                var due = ((Now() - start - 0.002) * rate / 8) - bucket.Piece;
                Assert.True(passed.Sum(some => some.Octets) - before >= due, $"Too slow: {run}, step {step}");
            }
        }

        // 2. Seen at a look, so passed after the look before.
        for (var from = 1; from < passed.Count; from++)
        {
            var sum = 0L;
            for (var to = from; to < passed.Count; to++)
            {
                sum += passed[to].Octets;
                Assert.True(sum <= ((passed[to].At - passed[from - 1].At) * rate / 8 * (1 + 1e-9)) + burst + 1, $"Too fast: {run}, looks {from} to {to}");
            }
        }

        bucket.Rate = null;
        await Task.WhenAll(waiting.Select(one => one.Passed)).WaitAsync(Token);

        double Now() => _time.GetTimestamp() / (double)_time.TimestampFrequency;

        void Look()
        {
            var octets = waiting.Where(one => one.Passed.IsCompletedSuccessfully).Sum(one => (long)one.Octets);
            waiting.RemoveAll(one => one.Passed.IsCompletedSuccessfully);
            passed.Add((Now(), octets));
        }
    }
}
