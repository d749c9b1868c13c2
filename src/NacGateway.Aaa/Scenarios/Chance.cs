using System.Security.Cryptography;
using System.Text;
using NacGateway.Radius.Server;

namespace NacGateway.Aaa.Scenarios;

/// <summary>
/// What a server makes up for its answers: unguessable without a seed; with one it follows from the seed and the request, so that the same
/// request gets the same octets.
/// </summary>
internal sealed class Chance(ulong? seed)
{
    public byte[] Octets(int count, string purpose, RadiusRequestContext context) =>
        seed is { } given ? Draw.Of(given, [.. Encoding.UTF8.GetBytes(purpose), .. context.Request.Authenticator], context.Request.Identifier).Octets(count) : RandomNumberGenerator.GetBytes(count);

    /// <summary>0 to below 1.</summary>
    public double Unit(string purpose, RadiusRequestContext context) => BitConverter.ToUInt32(Octets(sizeof(uint), purpose, context)) / (uint.MaxValue + 1.0);
}
