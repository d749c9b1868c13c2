using System.Net;
using System.Security.Cryptography;
using System.Text;
using NacGateway.Core.Sessions;

namespace NacGateway.Core.Authentication;

/// <summary>Makes the keys of a throttle: hashes, so that neither memory nor table lists who has tried.</summary>
/// <param name="user">What those of users begin with, two characters.</param>
/// <param name="client">What those of clients begin with, two characters.</param>
internal sealed class ThrottleKeys(string user, string client)
{
    /// <summary>Of the portal.</summary>
    public static ThrottleKeys Portal { get; } = new("u:", "c:");

    /// <summary>Of the administrator's desk: who fails at one door is not kept out at the other.</summary>
    public static ThrottleKeys Desk { get; } = new("a:", "d:");

    /// <summary>Key of a user; spellings that count as one user for the devices do so here.</summary>
    public string OfUser(string userName) => Hash(user, SessionRows.UserKey(userName));

    /// <summary>Key of a client address; both forms of an IPv4 address are one.</summary>
    public string OfClient(IPAddress address) => Hash(client, ClientKey.From(address).ToString());

    private static string Hash(string prefix, string text) => prefix + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
