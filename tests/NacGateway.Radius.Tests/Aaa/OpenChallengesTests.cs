using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Aaa;
using Xunit;

namespace NacGateway.Radius.Tests.Aaa;

public sealed class OpenChallengesTests
{
    private static readonly AaaUser s_user = new() { Name = "bob", Password = "x", OneTimeCode = "1" };
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void However_many_ask_the_store_keeps_its_size_and_the_newest()
    {
        var challenges = new OpenChallenges(_time);
        var first = Open(challenges, "first");
        for (var i = 0; i < OpenChallenges.Capacity - 1; i++)
        {
            Open(challenges, $"user{i}");
        }

        Assert.Equal(OpenChallenges.Capacity, challenges.Count);
        var last = Open(challenges, "last");

        Assert.Equal(OpenChallenges.Capacity, challenges.Count);
        Assert.Null(challenges.Take(first, IPAddress.Loopback, "first"));
        Assert.Same(s_user, challenges.Take(last, IPAddress.Loopback, "last")?.User);
    }

    [Fact]
    public void Answered_challenges_take_no_place()
    {
        var challenges = new OpenChallenges(_time);
        var waiting = Open(challenges, "waiting");
        for (var i = 0; i < OpenChallenges.Capacity + 1; i++)
        {
            challenges.Take(Open(challenges, "quick"), IPAddress.Loopback, "quick");
        }

        Assert.Equal(1, challenges.Count);
        Assert.Same(s_user, challenges.Take(waiting, IPAddress.Loopback, "waiting")?.User);
    }

    [Fact]
    public void Old_challenges_go_when_a_new_one_is_opened()
    {
        var challenges = new OpenChallenges(_time);
        Open(challenges, "a");
        Open(challenges, "b");

        _time.Advance(OpenChallenges.Lifetime);
        Open(challenges, "c");

        Assert.Equal(1, challenges.Count);
    }

    [Fact]
    public void A_state_that_comes_again_is_that_of_the_last_one_only()
    {
        var challenges = new OpenChallenges(_time);
        challenges.Open(IPAddress.Loopback, "a", s_user, [1]);

        challenges.Open(IPAddress.Loopback, "b", s_user, [1], left: 2);

        Assert.Equal(1, challenges.Count);
        Assert.Null(challenges.Take([1], IPAddress.Loopback, "a"));
        Assert.Equal(2, challenges.Take([1], IPAddress.Loopback, "b")?.Left);
    }

    private static byte[] Open(OpenChallenges challenges, string name)
    {
        var state = RandomNumberGenerator.GetBytes(OpenChallenges.StateLength);
        challenges.Open(IPAddress.Loopback, name, s_user, state);
        return state;
    }
}
