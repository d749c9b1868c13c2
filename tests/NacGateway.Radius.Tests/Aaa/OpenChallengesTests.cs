using System.Net;
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
        var first = challenges.Open(IPAddress.Loopback, "first", s_user);
        for (var i = 0; i < OpenChallenges.Capacity - 1; i++)
        {
            challenges.Open(IPAddress.Loopback, $"user{i}", s_user);
        }

        Assert.Equal(OpenChallenges.Capacity, challenges.Count);
        var last = challenges.Open(IPAddress.Loopback, "last", s_user);

        Assert.Equal(OpenChallenges.Capacity, challenges.Count);
        Assert.Null(challenges.Take(first, IPAddress.Loopback, "first"));
        Assert.Same(s_user, challenges.Take(last, IPAddress.Loopback, "last"));
    }

    [Fact]
    public void Answered_challenges_take_no_place()
    {
        var challenges = new OpenChallenges(_time);
        var waiting = challenges.Open(IPAddress.Loopback, "waiting", s_user);
        for (var i = 0; i < OpenChallenges.Capacity + 1; i++)
        {
            challenges.Take(challenges.Open(IPAddress.Loopback, "quick", s_user), IPAddress.Loopback, "quick");
        }

        Assert.Equal(1, challenges.Count);
        Assert.Same(s_user, challenges.Take(waiting, IPAddress.Loopback, "waiting"));
    }

    [Fact]
    public void Old_challenges_go_when_a_new_one_is_opened()
    {
        var challenges = new OpenChallenges(_time);
        challenges.Open(IPAddress.Loopback, "a", s_user);
        challenges.Open(IPAddress.Loopback, "b", s_user);

        _time.Advance(OpenChallenges.Lifetime);
        challenges.Open(IPAddress.Loopback, "c", s_user);

        Assert.Equal(1, challenges.Count);
    }

    [Fact]
    public void No_two_states_are_alike()
    {
        var challenges = new OpenChallenges(_time);

        var states = Enumerable.Range(0, 1000).Select(i => Convert.ToHexString(challenges.Open(IPAddress.Loopback, $"user{i}", s_user))).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(1000, states.Count);
    }
}
