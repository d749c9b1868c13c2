using System.Net;
using System.Runtime.InteropServices;

namespace NacGateway.Web.Hosting.Listeners.ProxyProtocol;

/// <summary>A header of the PROXY protocol.</summary>
/// <param name="Length">Octets that it takes; behind them the client's own begin.</param>
/// <param name="Source">The client; null where the header names none and the connection's own address stands.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProxyHeader(int Length, IPEndPoint? Source);
