using NacGateway.Radius.Client;
using Xunit;

namespace NacGateway.Radius.Tests.Client;

/// <summary>What went wrong is remembered, but not all of it.</summary>
public sealed class ServerMemoryTests
{
    private static readonly DateTimeOffset s_begin = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_error_in_a_row_is_one_with_its_count()
    {
        var memory = new ServerMemory();
        memory.Note("no answer", s_begin);
        memory.Note("no answer", s_begin.AddSeconds(1));
        memory.Note("wrong secret", s_begin.AddSeconds(2));
        memory.Note("no answer", s_begin.AddSeconds(3));

        Assert.Equal(
            [new ServerError(s_begin.AddSeconds(3), s_begin.AddSeconds(3), "no answer", 1), new(s_begin.AddSeconds(2), s_begin.AddSeconds(2), "wrong secret", 1), new(s_begin.AddSeconds(1), s_begin, "no answer", 2)],
            memory.Errors);
    }

    [Fact]
    public void A_few_are_kept_and_the_newest_come_first()
    {
        var memory = new ServerMemory();
        for (int at = 0; at < 100; at++)
        {
            memory.Note($"error {at}", s_begin.AddSeconds(at));
            memory.Changed(new ServerChange(s_begin.AddSeconds(at), ServerState.Alive, ServerState.Suspect, $"change {at}"));
        }

        Assert.Equal((ServerMemory.Most, "error 99"), (memory.Errors.Count, memory.Errors[0].What));
        Assert.Equal((ServerMemory.Most, "change 99"), (memory.Changes.Count, memory.Changes[0].Reason));
    }
}
