using System.Net;
using System.Security.Cryptography;
using System.Text;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Authentication;

/// <summary>Makes the keys of the throttle: hashes, so that neither memory nor table lists who has tried.</summary>
internal static class ThrottleKeys
{
    /// <summary>Key of a user; spellings that count as one user for the devices do so here.</summary>
    public static string OfUser(string userName) => Hash("u:", SessionRows.UserKey(userName));

    /// <summary>Key of a client address; both forms of an IPv4 address are one.</summary>
    public static string OfClient(IPAddress address) => Hash("c:", ClientKey.From(address).ToString());

    private static string Hash(string prefix, string text) => prefix + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
