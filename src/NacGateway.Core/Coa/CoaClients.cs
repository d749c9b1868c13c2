using System.Net;
using NacGateway.Core.Authentication;
using NacGateway.Radius.Server;

namespace NacGateway.Core.Coa;

/// <summary>The configured clients as the RADIUS listener knows them.</summary>
internal static class CoaClients
{
    /// <summary>Reads an address or a prefix; null when it is neither.</summary>
    public static IPNetwork? ParseAddress(string text)
    {
        if (IPAddress.TryParse(text, out var address) && !text.Contains('%', StringComparison.Ordinal))
        {
            address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        return IPNetwork.TryParse(text, out var network) ? network : null;
    }

    /// <summary>The clients of settings that have been validated.</summary>
    public static IReadOnlyList<NasEntry> Read(CoaOptions options) => [.. options.Clients.Select(Read)];

    /// <remarks>BlastRADIUS does not concern these requests, for their authenticator is a digest: Message-Authenticator is checked where it is, and not asked for.</remarks>
    private static NasEntry Read(CoaClientOptions client)
    {
        var secret = SharedSecret.TryRead(client.Secret, client.SecretFile, out var problem)
            ?? throw new InvalidOperationException($"The shared secret of the client {client.Address} in Coa:Clients {problem}.");
        return new NasEntry(ParseAddress(client.Address)!.Value, secret, client.Address, RequireMessageAuthenticator: false);
    }
}
