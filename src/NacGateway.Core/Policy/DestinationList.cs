using System.Net;

namespace NacGateway.Core.Policy;

/// <summary>Which destinations a role may reach: the first line that fits decides, and what fits none is refused. Immutable; asking does not allocate.</summary>
public sealed class DestinationList
{
    private readonly DestinationRule[] _rules;

    internal DestinationList(IReadOnlyList<DestinationRule> rules) => _rules = [.. rules];

    /// <summary>Its lines, in their order.</summary>
    public IReadOnlyList<DestinationRule> Rules => _rules;

    /// <summary>Whether a destination may be reached.</summary>
    /// <param name="host">Name or address as the request has it, in ASCII, without port and brackets.</param>
    /// <param name="address">
    /// The address that would be connected to; null while the name is not resolved. Then false is final, and true says that it depends
    /// on the address: ask again with each address before connecting to it.
    /// </param>
    /// <param name="port">The port.</param>
    public bool Allows(ReadOnlySpan<char> host, IPAddress? address, int port)
    {
        foreach (var rule in _rules)
        {
            if (rule.Fits(host, address, port))
            {
                return rule.IsAllowed;
            }

            if (address is null && rule is { NeedsAddress: true, IsAllowed: true } && rule.HasPort(port))
            {
                return true;
            }
        }

        return false;
    }
}
