using System.Text;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>
/// Has the values of fields pass the gate octet for octet, whatever character set they are in: Latin-1 maps each octet to one character and
/// back, on the way to a server and on the way back. By default Kestrel and the HTTP client refuse what is beyond ASCII.
/// </summary>
internal static class HeaderOctets
{
    /// <summary>For Kestrel. What is parsed in the gateway itself (addresses, languages, origins) is ASCII, so no other octet means anything there.</summary>
    public static Encoding? Encoding(string name) => System.Text.Encoding.Latin1;

    /// <summary>For a client of servers behind the gate; over a cluster's own setting, which would make other octets of what Kestrel has read.</summary>
    public static void Keep(SocketsHttpHandler handler)
    {
        handler.RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.Latin1;
        handler.ResponseHeaderEncodingSelector = static (_, _) => System.Text.Encoding.Latin1;
    }
}
