using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using NacGateway.Aaa;
using NacGateway.Aaa.Scenarios;
using NacGateway.Core.Authentication;
using NacGateway.Core.Storage;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Server;
using NacGateway.Radius.Transport;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

/// <summary>The published attack (CVE-2024-3596), played by the harness' server, against a whole gateway.</summary>
public sealed class BlastRadiusTests(PostgreSqlServer postgres)
{
    private const string Unsigned = """{ "steps": [ { "faults": [ { "fault": "blastradius" } ] } ] }""";
    private const string WronglySigned = """{ "steps": [ { "faults": [ { "fault": "blastradius", "messageAuthenticator": "wrong" } ] } ] }""";

    [Theory]
    [InlineData(Unsigned, DropReason.MissingMessageAuthenticator, "CVE-2024-3596")]
    [InlineData(WronglySigned, DropReason.WrongMessageAuthenticator, "a forgery")]
    [Requirement("BLAST-20", "BLAST-4", "BLAST-9")]
    public async Task A_rejection_turned_into_an_acceptance_lets_nobody_in_and_is_counted_and_told(string scenario, DropReason reason, string words)
    {
        await using var server = Start(scenario);
        await using var gateway = await StartAsync(server, required: true);
        using var drops = new MetricCollector<long>(gateway.Get<System.Diagnostics.Metrics.IMeterFactory>(), RadiusHealth.MeterName, "nacgateway.radius.server.drops");

        var outcome = await LoginAsync(gateway);

        Assert.IsNotType<LoginOutcome.SignedIn>(outcome);
        Assert.False(gateway.Table.TryGet(IPAddress.Parse(SignIns.Client), out _));
        Assert.True(gateway.Get<RadiusHealth>().Servers.Single().Drops[reason] > 0);
        Assert.Contains(gateway.Lines, line => line.Message.Contains(words, StringComparison.Ordinal));
        drops.RecordObservableInstruments();
        Assert.True(drops.GetMeasurementSnapshot().Single(measured => Equals(measured.Tags["reason"], reason.ToString())).Value > 0);
    }

    /// <summary>What the switch costs: with it off the attack works, and that is why the start-up log, health and metrics say so.</summary>
    [Fact]
    [Requirement("BLAST-20", "BLAST-3")]
    public async Task With_the_requirement_switched_off_the_attack_works_and_the_start_said_so()
    {
        await using var server = Start(Unsigned);
        await using var gateway = await StartAsync(server, required: false);

        Assert.Contains(gateway.Lines, line => line.Message.Contains("can turn a Reject into an Accept (CVE-2024-3596)", StringComparison.Ordinal));
        Assert.IsType<LoginOutcome.SignedIn>(await LoginAsync(gateway));
    }

    [Fact]
    [Requirement("BLAST-6")]
    public async Task A_wrong_message_authenticator_is_not_believed_even_with_the_requirement_switched_off()
    {
        await using var server = Start(WronglySigned);
        await using var gateway = await StartAsync(server, required: false);

        Assert.IsNotType<LoginOutcome.SignedIn>(await LoginAsync(gateway));
    }

    [Theory]
    [InlineData("Pap")]
    [InlineData("Chap")]
    [InlineData("MsChapV2")]
    [Requirement("BLAST-1", "BLAST-2")]
    public async Task Every_request_by_each_method_and_each_retransmission_is_signed_in_front(string method)
    {
        // No setting takes it away: the nearest one is about replies.
        await using var signIns = await SignIns.StartAsync(
            postgres,
            _ => null,
            settings: [("Radius:Servers:0:Method", method), ("Radius:Servers:0:AllowMsChapOverUdp", "true"), ("Radius:Servers:0:RequireMessageAuthenticator", "false")]);

        await signIns.LoginToTheEndAsync();

        Assert.True(signIns.Server.Requests.Count > 1, "there was a retransmission");
        foreach (var request in signIns.Server.Requests)
        {
            var octets = new byte[request.EncodedLength];
            request.WriteTo(octets);
            Assert.Equal((80, PacketVerdict.Authentic), (octets[20], Authenticators.VerifyRequest(octets, signIns.Server.Secret)));
        }
    }

    private static AaaServer Start(string scenario)
    {
        using var folder = new TemporaryFolder("blastradius");
        return AaaServer.Start(
            new AaaServerSettings
            {
                Users = new UserDirectory([new AaaUser { Name = "alice", Password = "another password" }]),
                Authentication = new IPEndPoint(IPAddress.Loopback, 0),
                Nas = [new NasEntry(IPNetwork.Parse("127.0.0.0/8"), Encoding.UTF8.GetBytes(Gateways.Secret), "gateway")],
                Scenario = Scenario.Load(folder.Write("scenario.json", scenario)),
                Seed = 1,
            },
            TimeProvider.System);
    }

    private Task<Gateways> StartAsync(AaaServer server, bool required) => Gateways.StartAsync(
        StorageProvider.Sqlite,
        postgres,
        ("Radius:Servers:0:AuthenticationPort", server.AuthenticationEndPoint.Port.ToString(CultureInfo.InvariantCulture)),
        ("Radius:Servers:0:RequireMessageAuthenticator", required.ToString()));

    private static async Task<LoginOutcome> LoginAsync(Gateways gateway)
    {
        var login = gateway.Get<LoginService>().LoginAsync(
            new LoginAttempt { ClientAddress = IPAddress.Parse(SignIns.Client), UserName = "alice", Password = SignIns.Password }, TestContext.Current.CancellationToken);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!login.IsCompleted)
        {
            // Real time for the socket, false time for the budget.
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            gateway.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        return await login;
    }
}
