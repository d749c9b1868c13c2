using System.Net;
using System.Net.Sockets;

namespace NacGateway.Harness.Input;

/// <summary>Whom the server answers, as <c>--client</c> gives it: an address, or a prefix such as 192.0.2.0/24.</summary>
internal static class ClientPrefix
{
    /// <summary>This machine alone.</summary>
    public static IReadOnlyList<IPNetwork> Loopback { get; } = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    /// <exception cref="UsageException">It is neither.</exception>
    public static IPNetwork Parse(string text)
    {
        if (!text.Contains('/', StringComparison.Ordinal) && IPAddress.TryParse(text, out var address))
        {
            return new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        }

        return IPNetwork.TryParse(text, out var network)
            ? network
            : throw new UsageException($"--client: {text} is no address and no prefix. Give one such as 192.0.2.7 or 192.0.2.0/24; a prefix ends in zero bits.");
    }
}
