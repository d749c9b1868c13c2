using NacGateway.TestKit;
using Xunit;

namespace NacGateway.EndToEnd.Tests.Fixtures;

public sealed class ChildProcessTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_is_found_whether_it_comes_before_or_after_the_question()
    {
        await using var child = ChildProcess.Start("/bin/sh", ["-c", "echo first; echo second; exec sleep 60"]);

        await child.WaitForLineAsync(line => line == "second", Cancel);

        Assert.Equal("first", await child.WaitForLineAsync(line => line == "first", Cancel));
    }

    [Fact]
    public async Task A_program_that_ends_without_the_line_says_what_it_wrote_instead()
    {
        await using var child = ChildProcess.Start("/bin/sh", ["-c", "echo port in use >&2; exit 3"]);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => child.WaitForLineAsync(line => line == "ready", Cancel));

        Assert.Contains("port in use", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, await child.WaitForExitAsync(Cancel));
    }

    [Fact]
    public async Task Output_of_a_program_that_ends_at_once_is_complete()
    {
        string[] outputs = [];
        for (var round = 0; round < 20; round++)
        {
            outputs = [.. outputs, .. await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => ChildProcess.RunAsync("/bin/echo", ["said"], Cancel), Cancel)))];
        }

        Assert.All(outputs, output => Assert.Equal("said", output));
    }

    [Fact]
    public async Task A_program_dies_with_the_tests_that_started_it_even_when_they_are_killed()
    {
        await using var child = ChildProcess.Start("/bin/sleep", ["600"]);

        child.AbandonInput(); // What the kernel does to our end of the pipe when we are killed.

        Assert.Equal(137, await child.WaitForExitAsync(Cancel));
    }
}
