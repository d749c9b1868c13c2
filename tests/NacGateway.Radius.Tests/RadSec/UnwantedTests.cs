using System.Net;
using NacGateway.Aaa;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;
using NacGateway.Radius.Server;
using NacGateway.TestKit;
using Xunit;

namespace NacGateway.Radius.Tests.RadSec;

/// <summary>What a server without accounting and CoA says to both inside TLS, where one port is for everything.</summary>
public sealed class UnwantedTests : IAsyncDisposable
{
    private readonly RadSecRig _rig = new();

    [Theory]
    [InlineData(RadiusCode.CoaRequest, RadSecVersions.Radius10, RadiusCode.CoaNak)]
    [InlineData(RadiusCode.DisconnectRequest, RadSecVersions.Radius10, RadiusCode.DisconnectNak)]
    [InlineData(RadiusCode.CoaRequest, RadSecVersions.Both, RadiusCode.ProtocolError)]
    [InlineData(RadiusCode.DisconnectRequest, RadSecVersions.Both, RadiusCode.ProtocolError)]
    [Requirement("TLS-7", "R11-11")]
    public async Task An_unwanted_request_is_answered_with_error_cause_406(RadiusCode code, RadSecVersions versions, RadiusCode expected)
    {
        NasEntry[] nas = [new NasEntry(IPNetwork.Parse("127.0.0.0/8"), "secret"u8.ToArray(), "loopback")];
        using var folder = new TemporaryFolder("radsec");
        await using var server = AaaServer.Start(
            new AaaServerSettings
            {
                Users = UserDirectory.Load(folder.Write("users", "alice Cleartext-Password := \"wonderland\"\n")),
                Authentication = new IPEndPoint(IPAddress.Loopback, 0),
                Nas = nas,
                Tls = new RadSecListenerSettings { Listen = new IPEndPoint(IPAddress.Loopback, 0), Nas = nas, Credentials = _rig.ServerCredentials() },
            },
            TimeProvider.System);
        var client = _rig.Connect(server.TlsEndPoint!, tls => tls with { Versions = versions });

        var result = await client.ExchangeAsync(code, (request, _) => request.UserName = "alice", TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal((expected, ErrorCause.UnsupportedExtension), (result.Reply!.Code, result.Reply.ErrorCause));
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();
}
