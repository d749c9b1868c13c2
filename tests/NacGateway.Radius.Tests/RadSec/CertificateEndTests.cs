using NacGateway.Radius.Client;
using Xunit;

namespace NacGateway.Radius.Tests.RadSec;

/// <summary>When the certificates of a connection end is known before they do.</summary>
public sealed class CertificateEndTests : IAsyncDisposable
{
    private readonly RadSecRig _rig = new();

    [Fact]
    public async Task The_health_of_a_server_tells_when_both_certificates_end()
    {
        var own = _rig.Pki.Issue("the client", [RadSecRig.ClientName], TimeProvider.System.GetUtcNow().AddDays(2));
        var shown = _rig.Pki.Issue("the server", [RadSecRig.ServerName], TimeProvider.System.GetUtcNow().AddDays(3));
        var server = _rig.Serve(change: settings => settings with { Credentials = _rig.Credentials(shown) });
        var client = _rig.Connect(server.EndPoint, tls => tls with { Credentials = _rig.Credentials(own) });
        Assert.Null(client.Health.PeerCertificateEnds);

        var result = await RadSecRig.AskAsync(client);

        Assert.Equal(ExchangeStatus.Answered, result.Status);
        Assert.True(client.Health.IsTls);
        Assert.Equal(new DateTimeOffset(own.NotAfter.ToUniversalTime()), client.Health.OwnCertificateEnds);
        Assert.Equal(new DateTimeOffset(shown.NotAfter.ToUniversalTime()), client.Health.PeerCertificateEnds);
        Assert.Equal(1, client.Health.SignedAnswers + client.Health.UnsignedAnswers);
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();
}
