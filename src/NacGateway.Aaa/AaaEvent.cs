using System.Net;
using NacGateway.Radius.Packets;

namespace NacGateway.Aaa;

/// <summary>One answer, for a line of output. Holds no password.</summary>
/// <param name="Source">Who asked.</param>
/// <param name="UserName">For whom; untrusted text.</param>
/// <param name="Method">PAP, CHAP, MS-CHAPv2, challenge answer, several or none.</param>
/// <param name="Answer">The reply's code.</param>
/// <param name="Reason">Why, in words for the person who runs the server.</param>
public sealed record AaaEvent(IPEndPoint Source, string UserName, string Method, RadiusCode Answer, string Reason);
