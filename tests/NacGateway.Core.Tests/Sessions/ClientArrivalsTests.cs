using System.Net;
using Microsoft.Extensions.Time.Testing;
using NacGateway.Core.Sessions;
using Xunit;

namespace NacGateway.Core.Tests.Sessions;

public sealed class ClientArrivalsTests
{
    private static readonly ClientKey s_client = ClientKey.From(IPAddress.Parse("192.0.2.7"));

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public void The_first_and_the_last_requests_are_kept_and_repetitions_are_counted()
    {
        var arrivals = new ClientArrivals(_time);
        foreach (var host in new[] { "a", "a", "b", "c", "d", "e", "e" })
        {
            arrivals.Note(s_client, ArrivalAnswer.SignIn, host, "Phone/1");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var found = arrivals.Find(s_client)!;

        Assert.Equal((7, "Phone/1", "a", 2), (found.Requests, found.UserAgent, found.First!.Host, found.First.Count));
        Assert.Equal([("c", 1), ("d", 1), ("e", 2)], found.Last.Select(contact => (contact.Host, contact.Count)));
        Assert.Equal(_time.GetUtcNow() - TimeSpan.FromSeconds(1), found.Last[^1].At);
        Assert.Null(found.PortalOpenedAt);
    }

    [Fact]
    public void What_a_client_sends_is_bounded_and_cleaned_and_survives_the_round_trip()
    {
        var arrivals = new ClientArrivals(_time);
        var nasty = "<\u202E\"\0'\r\n&>";
        for (var i = 0; i < 9; i++)
        {
            arrivals.Note(s_client, ArrivalAnswer.Probe, string.Concat(Enumerable.Repeat(nasty, 100 + i)) + i, string.Concat(Enumerable.Repeat(nasty, 999)));
            arrivals.Note(s_client, ArrivalAnswer.SignIn, null, null);
        }

        var json = arrivals.Describe(s_client)!;

        Assert.InRange(json.Length, 1, 4000);
        Assert.DoesNotContain(json, char.IsControl);
        Assert.True(ClientArrival.TryRead(json, out var arrival));
        Assert.Equal(18, arrival.Requests);
        Assert.DoesNotContain('\u202E', arrival.UserAgent!);
        Assert.InRange(arrival.UserAgent!.Length, 1, 200);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"last\":7}")]
    [InlineData("[")]
    public void What_is_damaged_is_no_arrival(string? json) => Assert.False(ClientArrival.TryRead(json, out _));

    [Fact]
    public void The_longest_silent_client_goes_first()
    {
        // One place for each of the 64 parts.
        var arrivals = new ClientArrivals(_time, capacity: 64);
        for (var i = 0; i < 4096; i++)
        {
            arrivals.Note(Client(i), ArrivalAnswer.SignIn, "h", null);
        }

        var left = Enumerable.Range(0, 4096).Where(i => arrivals.Find(Client(i)) is not null).ToList();
        Assert.InRange(left.Count, 32, 64);
        Assert.Contains(4095, left);
    }

    [Fact]
    public void Touched_clients_outlive_those_that_came_after_them()
    {
        var arrivals = new ClientArrivals(_time, capacity: 64 * 8);
        arrivals.Note(s_client, ArrivalAnswer.SignIn, "h", null);
        for (var i = 0; i < 20_000; i++)
        {
            arrivals.Note(Client(i), ArrivalAnswer.SignIn, "h", null);
            arrivals.NotePortal(s_client, null);
        }

        Assert.NotNull(arrivals.Find(s_client)!.PortalOpenedAt);
    }

    [Fact]
    public void After_the_first_request_nothing_is_allocated()
    {
        var arrivals = new ClientArrivals(_time);
        string[] hosts = ["one.example", "two.example", "three.example"];
        arrivals.Note(s_client, ArrivalAnswer.SignIn, hosts[0], "Phone/1");
        Run(arrivals, hosts);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(arrivals, hosts);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Run(ClientArrivals arrivals, string[] hosts)
        {
            for (var i = 0; i < 1000; i++)
            {
                arrivals.Note(s_client, ArrivalAnswer.SignIn, hosts[i % hosts.Length], "Phone/1");
            }
        }
    }

    private static ClientKey Client(int number) => new(((UInt128)0xfd00 << 112) + (UInt128)number);
}
