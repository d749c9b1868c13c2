using System.Net;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.RadSec;

/// <summary>RadSec with those who wrote it: FreeRADIUS' listener, and radsecproxy on either side.</summary>
public sealed class InteroperationTests : IAsyncDisposable
{
    private const string Secret = "a-secret-of-the-udp-side";
    private readonly RadSecRig _rig = new();
    private readonly TemporaryFolder _folder = new("radsec");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("alice", "wonderland", RadiusCode.AccessAccept)]
    [InlineData("alice", "wrong", RadiusCode.AccessReject)]
    [Requirement("TLS-1", "TLS-2", "TLS-11", "RMA-10", "BLAST-10")]
    public async Task FreeRADIUS_signs_in_by_pap(string user, string password, RadiusCode expected)
    {
        await using var server = await FreeRadiusAsync();

        var result = await AskAsync(_rig.Connect(server.TlsEndPoint), user, password);

        Assert.Equal((ExchangeStatus.Answered, null), (result.Status, result.Problem));
        Assert.Equal(expected, result.Reply!.Code);
    }

    [Fact]
    [Requirement("TLS-12", "TCP-7")]
    public async Task FreeRADIUS_takes_accounting_and_status_server()
    {
        await using var server = await FreeRadiusAsync();
        var client = _rig.Connect(server.TlsEndPoint);

        var accounting = await AccountAsync(client);
        var status = await client.ExchangeAsync(RadiusCode.StatusServer, (request, _) => request.AddMessageAuthenticator(), TimeSpan.FromSeconds(20), Cancellation);

        Assert.Equal((RadiusCode.AccountingResponse, RadiusCode.AccessAccept), (accounting.Reply?.Code, status.Reply?.Code));
        Assert.Contains("alice", server.Detail, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("TLS-3")]
    public async Task FreeRADIUS_refuses_a_certificate_of_another_authority_and_we_say_so()
    {
        await using var server = await FreeRadiusAsync();
        using var others = new TestPki("others");

        var result = await AskAsync(_rig.Connect(server.TlsEndPoint, tls => tls with { Credentials = _rig.Credentials(others.Issue("client", RadSecRig.ClientName)) }), "alice", "wonderland");

        Assert.True(result.Status is ExchangeStatus.Refused or ExchangeStatus.Unreachable, result.Status.ToString());
        Assert.Contains("CertificateFile", result.Problem, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("TLS-2", "TLS-6")]
    public async Task Radsecproxy_takes_our_TLS_and_asks_by_UDP()
    {
        await using var home = Home();
        await using var proxy = await RadSecProxy.FromTlsAsync(Files(), home.EndPoint, Secret, Cancellation);
        var client = _rig.Connect(proxy.EndPoint);

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => AskAsync(client, "alice", $"password {number}")));
        var accounting = await AccountAsync(client);

        Assert.Equal<string>(Enumerable.Range(0, 50).Select(number => $"password {number}"), results.Select(result => string.Concat(result.Reply!.ReplyMessages)), StringComparer.Ordinal);
        Assert.Equal(RadiusCode.AccountingResponse, accounting.Reply?.Code);
    }

    [Fact]
    [Requirement("TLS-2", "TLS-6")]
    public async Task Radsecproxy_asks_our_TLS_server_for_those_who_ask_it_by_UDP()
    {
        var server = _rig.Serve();
        await using var proxy = await RadSecProxy.ToTlsAsync(Files(), server.EndPoint, Secret, Cancellation);
        await using var client = new RadiusClient(
            new RadiusServerSettings { Name = "proxy", EndPoint = proxy.EndPoint, Secret = System.Text.Encoding.UTF8.GetBytes(Secret), RequireMessageAuthenticator = false },
            TimeProvider.System);

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => AskAsync(client, "alice", $"password {number}")));
        var accounting = await AccountAsync(client);

        Assert.Equal<string>(Enumerable.Range(0, 50).Select(number => $"password {number}"), results.Select(result => string.Concat(result.Reply!.ReplyMessages)), StringComparer.Ordinal);
        Assert.Equal((RadiusCode.AccountingResponse, 1), (accounting.Reply!.Code, server.Connections));
    }

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        _folder.Dispose();
    }

    private static Task<ExchangeResult> AskAsync(RadiusClient client, string user, string password) => RadSecRig.AskAsync(client, (request, server) =>
    {
        request.AddMessageAuthenticator();
        request.UserName = user;
        request.AddUserPassword(System.Text.Encoding.UTF8.GetBytes(password), server.Secret.Span);
        request.NasIdentifier = "tests";
    });

    private static Task<ExchangeResult> AccountAsync(RadiusClient client) => client.ExchangeAsync(
        RadiusCode.AccountingRequest,
        (request, _) =>
        {
            request.UserName = "alice";
            request.NasIdentifier = "tests";
            request.AcctSessionId = "0001";
            request.Attributes.Add(RadiusAttributeType.AcctStatusType, [0, 0, 0, 1]);
        },
        TimeSpan.FromSeconds(20),
        Cancellation);

    private FreeRadiusTls Files()
    {
        var (certificate, key, authority) = _rig.Pki.Write(_folder, "peer", _rig.Pki.Issue(RadSecRig.ServerName, RadSecRig.ServerName, "127.0.0.1"));
        return new FreeRadiusTls(certificate, key, authority);
    }

    private Task<FreeRadiusServer> FreeRadiusAsync() =>
        FreeRadiusServer.StartAsync(new FreeRadiusOptions { DoesAccounting = true, Tls = Files() }, Cancellation);

    private static RadiusServer Home()
    {
        var home = new RadiusServer(
            new RadiusListenerSettings
            {
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                Nas = [new NasEntry(IPNetwork.Parse("127.0.0.0/8"), System.Text.Encoding.UTF8.GetBytes(Secret), "proxy", RequireMessageAuthenticator: false)],
            },
            RadSecRig.AnswerAsync,
            TimeProvider.System);
        home.Start();
        return home;
    }
}
