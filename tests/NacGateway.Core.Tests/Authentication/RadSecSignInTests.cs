using System.Globalization;
using System.Net;
using System.Text;
using NacGateway.Core.Authentication;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Core.Tests.Authentication;

/// <summary>Sign-ins with Radius:Servers:0:Transport=Tls.</summary>
public sealed class RadSecSignInTests(PostgreSqlServer postgres) : IDisposable
{
    private const string ServerName = "radius.example.org";
    private static readonly byte[] s_password = Encoding.UTF8.GetBytes(SignIns.Password);
    private readonly TemporaryFolder _folder = new();
    private readonly TestPki _pki = new();

    [Theory]
    [InlineData(LoginMethod.Pap, RadSecVersions.Both)]
    [InlineData(LoginMethod.Pap, RadSecVersions.Radius10)]
    [InlineData(LoginMethod.Chap, RadSecVersions.Both)]
    [InlineData(LoginMethod.Chap, RadSecVersions.Radius10)]
    [InlineData(LoginMethod.MsChapV2, RadSecVersions.Both)]
    [InlineData(LoginMethod.MsChapV2, RadSecVersions.Radius10)]
    [Requirement("RMS-8", "RMS-9", "TLS-2", "BLAST-10", "R11-9", "R11-10")]
    public async Task A_user_signs_in_by_each_method(LoginMethod method, RadSecVersions versions)
    {
        await using var server = Serve(versions);
        await using var gateway = await StartAsync(server, ServerName, method);

        var right = await LoginAsync(gateway, SignIns.Password);
        var wrong = await LoginAsync(gateway, "another");

        Assert.IsType<LoginOutcome.SignedIn>(right);
        Assert.IsType<LoginOutcome.Rejected>(wrong);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    [Requirement("TLS-4", "TLS-10")]
    public async Task A_server_that_is_not_believed_signs_nobody_in_and_the_log_names_the_setting()
    {
        await using var server = Serve(RadSecVersions.Both);
        await using var gateway = await StartAsync(server, "other.example.org", LoginMethod.Pap);

        var outcome = await LoginAsync(gateway, SignIns.Password);

        Assert.IsType<LoginOutcome.NoAnswer>(outcome);
        Assert.Equal(0, server.Counters.Answered);
        Assert.Contains(gateway.Get<Microsoft.Extensions.Logging.Testing.FakeLogCollector>().GetSnapshot(), line => line.Message.Contains("Correct ServerName", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _pki.Dispose();
    }

    private static ValueTask<RadiusPacket?> AnswerAsync(RadiusRequestContext context, CancellationToken cancellationToken)
    {
        var request = context.Request;
        var typed = new byte[128];
        var isPap = request.TryGetUserPassword(context.Nas.Secret.Span, typed, out var length) && typed.AsSpan(0, length).SequenceEqual(s_password);
        var isMsChap = request.VerifyMsChap2Response("alice"u8, s_password);
        var reply = context.CreateReply(isPap || isMsChap || request.VerifyChapPassword(s_password) ? RadiusCode.AccessAccept : RadiusCode.AccessReject);
        if (isMsChap)
        {
            reply.AddMsChap2Success(request, "alice"u8, s_password);
        }

        return ValueTask.FromResult<RadiusPacket?>(reply);
    }

    private static Task<LoginOutcome> LoginAsync(Gateways gateway, string password) => gateway.Get<LoginService>().LoginAsync(
        new LoginAttempt { ClientAddress = IPAddress.Parse(SignIns.Client), UserName = "alice", Password = password },
        TestContext.Current.CancellationToken);

    private RadSecServer Serve(RadSecVersions versions)
    {
        var server = new RadSecServer(
            new RadSecListenerSettings
            {
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                Nas = [new NasEntry(IPNetwork.Parse("127.0.0.0/8"), new byte[1], "gateway") { CertificateName = "gateway.example.org" }],
                Credentials = new RadSecCredentials(_pki.Issue("server", ServerName), [], [_pki.Authority]),
                Versions = versions,
            },
            AnswerAsync,
            TimeProvider.System);
        server.Start();
        return server;
    }

    private Task<Gateways> StartAsync(RadSecServer server, string name, LoginMethod method)
    {
        var (certificate, key, authority) = _pki.Write(_folder, "gateway", _pki.Issue("gateway", "gateway.example.org"));
        return Gateways.StartAsync(
            NacGateway.Core.Storage.StorageProvider.Sqlite,
            postgres,
            [
                ("Radius:Servers:0:Transport", "Tls"),
                ("Radius:Servers:0:TlsPort", server.EndPoint.Port.ToString(CultureInfo.InvariantCulture)),
                ("Radius:Servers:0:CertificateFile", certificate),
                ("Radius:Servers:0:CertificateKeyFile", key),
                ("Radius:Servers:0:TrustedCertificatesFile", authority),
                ("Radius:Servers:0:ServerName", name),
                ("Radius:Servers:0:Method", method.ToString()),
            ]);
    }
}
