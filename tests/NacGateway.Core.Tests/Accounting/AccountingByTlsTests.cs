using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Accounting;

/// <summary>Accounting with Radius:Servers:0:Transport=Tls.</summary>
public sealed class AccountingByTlsTests(PostgreSqlServer postgres) : IDisposable
{
    private const string ServerName = "radius.example.org";
    private readonly TemporaryFolder _folder = new();
    private readonly TestPki _pki = new();
    private readonly ConcurrentQueue<RadiusPacket> _records = [];

    [Fact]
    [Requirement("ACCT-1", "TLS-12")]
    public async Task Records_go_by_a_connection_of_their_own_and_are_acknowledged()
    {
        await using var server = Serve(refusal: null);
        await using var rig = await StartAsync(server);
        await rig.Gateway.OpenAsync(Openings.Of());
        await rig.UntilDeliveredAsync();

        Assert.Equal(2, _records.Count);
        Assert.Equal(1, server.Connections);
        Assert.All(_records, record => Assert.Equal(0, record.Attributes.CountOf(RadiusAttributeType.MessageAuthenticator)));
    }

    [Theory]
    [InlineData(RadiusCode.AccountingResponse)]
    [InlineData(RadiusCode.ProtocolError)]
    [Requirement("ACCT-29")]
    public async Task A_server_that_says_it_does_no_accounting_is_sent_no_more_and_the_record_stays(RadiusCode code)
    {
        await using var server = Serve(code);
        await using var rig = await StartAsync(server);
        await rig.UntilAsync(() => !_records.IsEmpty);
        await rig.Gateway.OpenAsync(Openings.Of());
        await rig.PassAsync(TimeSpan.FromMinutes(8), step: 1);

        Assert.Single(_records);
        Assert.Equal(2, await rig.WaitingAsync());
        Assert.Single(rig.Gateway.Lines, line => line.Id == 3010);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _pki.Dispose();
    }

    private RadSecServer Serve(RadiusCode? refusal)
    {
        var server = new RadSecServer(
            new RadSecListenerSettings
            {
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                Nas = [new NasEntry(IPNetwork.Parse("127.0.0.0/8"), new byte[1], "gateway") { CertificateName = "gateway.example.org" }],
                Credentials = new RadSecCredentials(_pki.Issue("server", ServerName), [], [_pki.Authority]),
            },
            (context, _) => ValueTask.FromResult<RadiusPacket?>(Answer(context, refusal)),
            TimeProvider.System);
        server.Start();
        return server;
    }

    private RadiusPacket Answer(RadiusRequestContext context, RadiusCode? refusal)
    {
        _records.Enqueue(context.Request);
        var reply = context.CreateReply(refusal ?? RadiusCode.AccountingResponse);
        if (refusal is not null)
        {
            BinaryPrimitives.WriteUInt32BigEndian(reply.Attributes.Reserve(RadiusAttributeType.ErrorCause, sizeof(uint)), (uint)ErrorCause.UnsupportedExtension);
        }

        return reply;
    }

    private Task<AccountingRig> StartAsync(RadSecServer server)
    {
        var (certificate, key, authority) = _pki.Write(_folder, "gateway", _pki.Issue("gateway", "gateway.example.org"));
        return AccountingRig.StartAsync(
            postgres,
            settings:
            [
                ("Radius:Servers:0:Transport", "Tls"),
                ("Radius:Servers:0:TlsPort", server.EndPoint.Port.ToString(CultureInfo.InvariantCulture)),
                ("Radius:Servers:0:CertificateFile", certificate),
                ("Radius:Servers:0:CertificateKeyFile", key),
                ("Radius:Servers:0:TrustedCertificatesFile", authority),
                ("Radius:Servers:0:ServerName", ServerName),
            ]);
    }
}
