using Microsoft.Extensions.Primitives;

namespace NacGateway.Web.Gate.Forwarding;

/// <summary>
/// Takes out the fields that a Connection field names: they are for this hop alone (RFC 9110 section 7.6.1), and YARP leaves them in.
/// Of a field that also says close, keep-alive or upgrade Kestrel keeps nothing but that, so what else it named cannot be known.
/// </summary>
internal static class HopByHop
{
    /// <summary>Not fields, or fields whose fate is decided elsewhere: YARP sees to Upgrade, Kestrel to the framing, and Host must stay.</summary>
    private static readonly string[] Kept = ["keep-alive", "close", "upgrade", "host", "content-length", "transfer-encoding", "connection"];

    /// <param name="headers">The fields to take them out of.</param>
    /// <param name="connection">The values of Connection.</param>
    public static void Remove(IHeaderDictionary headers, StringValues connection)
    {
        foreach (var value in connection)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                var name = value.AsSpan()[range].Trim();
                if (!name.IsEmpty && !IsKept(name))
                {
                    headers.Remove(name.ToString());
                }
            }
        }
    }

    /// <summary>The same for an answer, whose own Connection field has not been copied.</summary>
    public static void Remove(IHeaderDictionary headers, HttpResponseMessage? answer)
    {
        // A server that asks for proxy credentials would get them typed in for the gate.
        headers.Remove("Proxy-Authenticate");
        if (answer is not null && answer.Headers.NonValidated.TryGetValues("Connection", out var values))
        {
            foreach (var value in values)
            {
                Remove(headers, value);
            }
        }
    }

    private static bool IsKept(ReadOnlySpan<char> name)
    {
        foreach (var kept in Kept)
        {
            if (name.Equals(kept, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
