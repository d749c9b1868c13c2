namespace NacGateway.Web.Hosting.Listeners.ProxyProtocol;

/// <summary>
/// Reads the header of the PROXY protocol, version 1 or 2 (haproxy.org, doc/proxy-protocol.txt), from the first octets of a connection.
/// Takes any octets, throws for none, and decides as soon as they can be no header.
/// </summary>
internal static class ProxyHeaderReader
{
    /// <summary>The longest header of either version.</summary>
    public const int LongestHeader = BinaryHeader.HeadLength + BinaryHeader.LongestRest;

    /// <param name="octets">All that has come, what follows the header as well.</param>
    /// <param name="header">The header, where it is whole.</param>
    public static ProxyHeaderState Read(ReadOnlySpan<byte> octets, out ProxyHeader header)
    {
        header = default;
        return BeginsLike(octets, BinaryHeader.Signature) ? BinaryHeader.Read(octets, out header)
            : BeginsLike(octets, TextHeader.Signature) ? TextHeader.Read(octets, out header)
            : ProxyHeaderState.Wrong;
    }

    private static bool BeginsLike(ReadOnlySpan<byte> octets, ReadOnlySpan<byte> signature)
    {
        var length = Math.Min(octets.Length, signature.Length);
        return octets[..length].SequenceEqual(signature[..length]);
    }
}
