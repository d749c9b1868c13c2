using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using NacGateway.Radius.Packets;
using NacGateway.Radius.RadSec;
using Xunit;

namespace NacGateway.Radius.Tests.RadSec;

/// <summary>A TLS connection under the hand of a test, at either end: it writes whatever octets it is told to.</summary>
internal sealed class RawTls : IAsyncDisposable
{
    private readonly TcpClient _tcp;
    private readonly FrameReader _reader;

    private RawTls(TcpClient tcp, SslStream stream) => (_tcp, Stream, _reader) = (tcp, stream, new FrameReader(stream));

    public SslStream Stream { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RawTls> ConnectAsync(IPEndPoint server, X509Certificate2 certificate, params string[] names)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(server, Cancellation);
        var stream = new SslStream(tcp.GetStream());
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = RadSecRig.ServerName,
                ClientCertificates = [certificate],
                ApplicationProtocols = [.. names.Select(name => new SslApplicationProtocol(name))],
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
            },
            Cancellation);
        return new RawTls(tcp, stream);
    }

    public static async Task<RawTls> AcceptAsync(TcpListener listener, X509Certificate2 certificate, params string[] names)
    {
        var tcp = await listener.AcceptTcpClientAsync(Cancellation);
        tcp.NoDelay = true;
        var stream = new SslStream(tcp.GetStream());
        await stream.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ClientCertificateRequired = true,
                ApplicationProtocols = [.. names.Select(name => new SslApplicationProtocol(name))],
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
            },
            Cancellation);
        return new RawTls(tcp, stream);
    }

    public Task WriteAsync(params byte[][] octets) => Stream.WriteAsync(octets.SelectMany(part => part).ToArray(), Cancellation).AsTask();

    public async Task WriteByOctetsAsync(byte[] octets)
    {
        foreach (var octet in octets)
        {
            await WriteAsync([octet]);
        }
    }

    /// <summary>The next packet; null when the peer has ended the connection.</summary>
    public async Task<RadiusPacket?> ReadAsync()
    {
        try
        {
            var (status, octets) = await _reader.ReadAsync(Cancellation);
            if (status != FrameStatus.Packet)
            {
                return null;
            }

            Assert.True(RadiusPacket.TryParse(octets.Span, out var packet, out _));
            return packet;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Ends TCP without a word.</summary>
    public void Kill()
    {
        _tcp.Client.LingerState = new LingerOption(true, 0);
        _tcp.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        _tcp.Dispose();
    }
}
