using System.Net.Security;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.RadSec;

/// <summary>A connection whose handshake is done and whose peer is believed.</summary>
/// <param name="Stream">The stream; who takes the link disposes of it.</param>
/// <param name="Version">What was agreed on.</param>
internal sealed record RadSecLink(SslStream Stream, RadiusVersion Version);
