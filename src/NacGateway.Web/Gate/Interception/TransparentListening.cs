using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace NacGateway.Web.Gate.Interception;

/// <summary>Lets the gate's listener take connections to addresses that are not this machine's, as TPROXY hands them over (Gate:Transparent).</summary>
internal sealed class TransparentListening(IOptions<GateOptions> gate) : IConfigureOptions<SocketTransportOptions>
{
    private const int SolIp = 0;
    private const int IpTransparent = 19;
    private const int SolIpV6 = 41;
    private const int IpV6Transparent = 75;

    public void Configure(SocketTransportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!gate.Value.Transparent)
        {
            return;
        }

        var create = options.CreateBoundListenSocket;
        var port = IPEndPoint.Parse(gate.Value.Listen).Port;
        options.CreateBoundListenSocket = endPoint =>
        {
            var socket = create(endPoint);
            if ((endPoint as IPEndPoint)?.Port == port)
            {
                Open(socket);
            }

            return socket;
        };
    }

    private static void Open(Socket socket)
    {
        try
        {
            var isIpV4 = socket.AddressFamily == AddressFamily.InterNetwork;
            socket.SetRawSocketOption(isIpV4 ? SolIp : SolIpV6, isIpV4 ? IpTransparent : IpV6Transparent, BitConverter.GetBytes(1));
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new IOException($"Gate:Transparent cannot be had: {exception.Message}. Give the process CAP_NET_ADMIN, or set Gate:Transparent to false.", exception);
        }
    }
}
