using System.Net;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>The guard, or a role of the session, does not let the gate dial. An exception, because SocketsHttpHandler's connect callback has no other way to say it.</summary>
internal sealed class DestinationRefusedException(string host, int port, IPAddress address, RefusalReason reason)
    : Exception($"{host} is {address}, port {port}: not open to clients.")
{
    public RefusalReason Reason => reason;
}
