using System.Net;
using System.Security.Cryptography;
using System.Text;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Authentication;

/// <summary>Makes the keys of the throttle: hashes, so that neither memory nor table lists who has tried.</summary>
internal static class ThrottleKeys
{
    /// <summary>Key of a user. Case and compatible forms of characters do not make another user, for servers rarely tell them apart.</summary>
    public static string OfUser(string userName) => Hash("u:", userName.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant());

    /// <summary>Key of a client address; both forms of an IPv4 address are one.</summary>
    public static string OfClient(IPAddress address) => Hash("c:", ClientKey.From(address).ToString());

    private static string Hash(string prefix, string text) => prefix + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
