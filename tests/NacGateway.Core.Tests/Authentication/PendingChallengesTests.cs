using System.Net;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Core.Authentication;
using NacGateway.Core.Sessions;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

public sealed class PendingChallengesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PendingChallenges _challenges;

    public PendingChallengesTests() => _challenges = new PendingChallenges(_time);

    [Fact]
    public void A_challenge_is_taken_once()
    {
        var pending = Add(1);

        Assert.Same(pending, _challenges.Take(pending.Id, pending.Client));
        Assert.Null(_challenges.Take(pending.Id, pending.Client));
    }

    [Fact]
    public void Another_client_neither_takes_nor_burns_it()
    {
        var pending = Add(1);

        Assert.Null(_challenges.Take(pending.Id, Client(2)));
        Assert.NotNull(_challenges.Take(pending.Id, pending.Client));
    }

    [Fact]
    public void It_is_gone_after_five_minutes()
    {
        var pending = Add(1);

        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Null(_challenges.Take(pending.Id, pending.Client));
        Assert.Equal(0, _challenges.Count);
    }

    [Fact]
    public void One_client_only_pushes_out_its_own()
    {
        var other = Add(2);
        var first = Add(1);

        for (int tab = 0; tab < PendingChallenges.CapacityPerClient; tab++)
        {
            Add(1);
        }

        Assert.Null(_challenges.Take(first.Id, first.Client));
        Assert.NotNull(_challenges.Take(other.Id, other.Client));
    }

    [Fact]
    public void Their_number_is_bounded()
    {
        for (uint client = 0; client < PendingChallenges.Capacity + 10; client++)
        {
            Add(client);
        }

        Assert.Equal(PendingChallenges.Capacity, _challenges.Count);
    }

    private static ClientKey Client(uint number) => ClientKey.From(new IPAddress(0x0A000000L + number));

    private PendingChallenge Add(uint client)
    {
        var pending = new PendingChallenge
        {
            Id = PendingChallenges.NextId(),
            Client = Client(client),
            UserName = "alice",
            CallingStationId = null,
            AcctSessionId = "1",
            State = null,
            ServerName = "first",
            Step = 1,
            IssuedAt = _time.GetTimestamp(),
        };
        _challenges.Add(pending);
        return pending;
    }
}
