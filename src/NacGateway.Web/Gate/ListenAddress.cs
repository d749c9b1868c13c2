using System.Globalization;
using System.Net;

namespace NacGateway.Web.Gate;

/// <summary>What a setting may say of where a listener listens.</summary>
internal static class ListenAddress
{
    /// <summary>
    /// True for ADDRESS:PORT with an address in digits, an IPv6 one in brackets. The framework's parser takes less for it: 8081 for the
    /// address 0.0.31.145, and what has no port for port 0, where nobody would look for the listener.
    /// </summary>
    public static bool IsValid(string text) =>
        IPEndPoint.TryParse(text, out _)
        && text.LastIndexOf(':') is var colon and > 0
        && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && (text[colon - 1] == ']' || !text.AsSpan(0, colon).Contains(':'));
}
