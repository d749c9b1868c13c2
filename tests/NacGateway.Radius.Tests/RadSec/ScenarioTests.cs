using System.Net;
using System.Text;
using NacGateway.Aaa;
using NacGateway.Aaa.Scenarios;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;
using NacGateway.Radius.Server;
using Xunit;

namespace NacGateway.Radius.Tests.RadSec;

/// <summary>What goes wrong on purpose inside TLS, and that the next request is served.</summary>
public sealed class ScenarioTests : IAsyncDisposable
{
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(20);
    private readonly RadSecRig _rig = new();

    public static TheoryData<string, RadSecVersions> Faults
    {
        get
        {
            var data = new TheoryData<string, RadSecVersions>();
            foreach (var fault in (string[])
                [
                    """{ "fault": "loss" }""",
                    """{ "fault": "loss", "of": "request" }""",
                    """{ "fault": "garbage", "octets": 60 }""",
                    """{ "fault": "cut" }""",
                    """{ "fault": "crash", "seconds": 0.2 }""",
                ])
            {
                data.Add(fault, RadSecVersions.Radius10);
                data.Add(fault, RadSecVersions.Both);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task After_a_fault_the_next_request_is_served(string fault, RadSecVersions versions)
    {
        await using var server = Start($$"""{ "when": { "port": "tls", "to": 1 }, "faults": [ {{fault}} ] }""");
        var client = _rig.Connect(server.TlsEndPoint!, tls => tls with { Versions = versions });

        var first = await AskAsync(client, TimeSpan.FromSeconds(1.5));
        Assert.NotEqual(RadiusCode.AccessReject, first.Reply?.Code);

        // A connection that was broken is opened anew after a pause; until then the client says so at once.
        using var patience = new CancellationTokenSource(s_budget, TimeProvider.System);
        var next = await AskAsync(client, s_budget);
        while (next.Reply is null && !patience.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
            next = await AskAsync(client, s_budget);
        }

        Assert.Equal(RadiusCode.AccessAccept, next.Reply?.Code);
    }

    [Theory]
    [InlineData(RadSecVersions.Radius10)]
    [InlineData(RadSecVersions.Both)]
    public async Task Late_and_doubled_and_disordered_replies_reach_each_his_own(RadSecVersions versions)
    {
        await using var server = Start(
            """
            { "when": { "probability": 0.5 }, "faults": [ { "fault": "delay", "distribution": "uniform", "leastMs": 10, "mostMs": 200 } ] },
            { "when": { "probability": 0.5 }, "faults": [ { "fault": "duplicate", "copies": 2 } ] },
            { "when": { "every": 3 }, "faults": [ { "fault": "reorder" } ] },
            { "faults": [ { "fault": "wrong-authenticator" } ] }
            """);
        var client = _rig.Connect(server.TlsEndPoint!, tls => tls with { Versions = versions });

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => AskAsync(client, s_budget, n % 2 == 0 ? "wonderland" : "wrong")));

        // The last step makes no sense inside TLS and leaves these requests alone.
        Assert.All(results.Index(), item => Assert.Equal(item.Index % 2 == 0 ? RadiusCode.AccessAccept : RadiusCode.AccessReject, item.Item.Reply?.Code));
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    private static Task<ExchangeResult> AskAsync(RadiusClient client, TimeSpan budget, string password = "wonderland") => client.ExchangeAsync(
        RadiusCode.AccessRequest,
        (request, _) =>
        {
            request.UserName = "alice";
            request.AddUserPassword(Encoding.UTF8.GetBytes(password), RadSecProtocol.Secret.Span);
        },
        budget,
        TestContext.Current.CancellationToken);

    private AaaServer Start(string steps)
    {
        NasEntry[] nas = [new NasEntry(IPNetwork.Parse("127.0.0.0/8"), "secret"u8.ToArray(), "loopback")];
        return AaaServer.Start(
            new AaaServerSettings
            {
                Users = new UserDirectory([new AaaUser { Name = "alice", Password = "wonderland" }]),
                Authentication = new IPEndPoint(IPAddress.Loopback, 0),
                Nas = nas,
                Tls = new RadSecListenerSettings { Listen = new IPEndPoint(IPAddress.Loopback, 0), Nas = nas, Credentials = _rig.ServerCredentials() },
                Scenario = ScenarioReader.Read("{ \"steps\": [ " + steps + " ] }", "test.json"),
                Seed = 1,
            },
            TimeProvider.System);
    }
}
