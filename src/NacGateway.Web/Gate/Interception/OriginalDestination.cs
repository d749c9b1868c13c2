using System.Net;

namespace NacGateway.Web.Gate.Interception;

/// <summary>
/// Where a client's connection was going when the kernel led it to the gate. Set on the connection before its first octet is read, so
/// nothing that a client sends makes, changes or removes it.
/// </summary>
/// <param name="EndPoint">Address and port; an IPv4-mapped address in its IPv4 form.</param>
internal sealed record OriginalDestination(IPEndPoint EndPoint);
