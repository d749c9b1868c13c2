using System.Net;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>The guard does not let the gate dial. An exception, because SocketsHttpHandler's connect callback has no other way to say it.</summary>
internal sealed class DestinationRefusedException(string host, int port, IPAddress address)
    : Exception($"{host} is {address}, port {port}: not open to clients.");
