using System.Net;
using System.Security.Cryptography;
using System.Text;
using NacGateway.Core.Sessions;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Packets;
using NacGateway.Radius.Server;

namespace NacGateway.Core.Coa;

/// <summary>A verified Disconnect-Request or CoA-Request, with what tells it apart from all others.</summary>
internal sealed class CoaRequest
{
    private CoaRequest(RadiusPacket packet, IPAddress source, byte[] digest)
    {
        Packet = packet;
        Source = source;
        Digest = digest;
    }

    public RadiusPacket Packet { get; }

    /// <summary>Who sent it.</summary>
    public IPAddress Source { get; }

    /// <summary>
    /// SHA-256 over this gateway's name, the sender's address and the whole request: the same request again is known by it, from another
    /// port as well. Gateways on one database may be sent the same octets, and each has its own sessions to end.
    /// </summary>
    public byte[] Digest { get; }

    public bool IsDisconnect => Packet.Code == RadiusCode.DisconnectRequest;

    /// <summary>Whether the client wants the server to be asked, instead of naming the changes itself (RFC 5176 section 3.2).</summary>
    public bool IsAuthorizeOnly => !IsDisconnect && Packet.ServiceType == ServiceType.AuthorizeOnly;

    /// <summary>Who wanted it, for the history of a session.</summary>
    public string By => $"CoA client {Source}";

    public static CoaRequest Of(RadiusRequestContext context, string gateway) => Of(context.Request, context.Source.Address, gateway);

    public static CoaRequest Of(RadiusPacket packet, IPAddress source, string gateway)
    {
        var octets = new byte[packet.EncodedLength];
        packet.WriteTo(octets);
        byte[] digest = SHA256.HashData([.. Encoding.UTF8.GetBytes(gateway), 0, .. source.GetAddressBytes(), .. octets]);
        return new CoaRequest(packet, source, digest);
    }

    /// <summary>A line for the history of a session that it concerns.</summary>
    public SessionEvent Event(ActiveSession session, DateTimeOffset at, SessionEventKind kind, string text) =>
        new() { AcctSessionId = session.AcctSessionId, At = at, Kind = kind, By = By, Text = text };
}
