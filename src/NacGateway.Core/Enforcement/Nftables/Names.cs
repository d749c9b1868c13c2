using System.Security.Cryptography;
using System.Text;
using NacGateway.Core.Policy;

namespace NacGateway.Core.Enforcement.Nftables;

/// <summary>The names that our table's parts have: plain ones for what there is once, and hashes for what strangers named.</summary>
internal static class Names
{
    public const string Family = "inet";
    public const string Table = "nacgateway";

    /// <summary>NFLOG group of first packets; any that nobody else on the machine listens to does.</summary>
    public const int LogGroup = 511;

    /// <summary>Sets that packets or a resolver fill: their elements come and go without us.</summary>
    public static bool IsFilledByOthers(string set) => set.StartsWith("seen", StringComparison.Ordinal) || set.StartsWith("dns", StringComparison.Ordinal)
        || set.StartsWith("garden_names", StringComparison.Ordinal) || set.StartsWith("n4_", StringComparison.Ordinal) || set.StartsWith("n6_", StringComparison.Ordinal);

    /// <summary>The chain of one role's destinations.</summary>
    public static string RoleChain(string role) => "r_" + Hash(role.ToUpperInvariant());

    /// <summary>The chain of all roles that hold together.</summary>
    public static string RolesChain(string roles) => "c_" + Hash(roles.ToUpperInvariant());

    /// <summary>The set that a resolver fills with the addresses of a name.</summary>
    public static string NameSet(string pattern, bool isIPv6) => (isIPv6 ? "n6_" : "n4_") + Hash(pattern.ToUpperInvariant());

    public static string NameSet(HostPattern pattern, bool isIPv6) => NameSet((pattern.IsBelow ? "*" : "") + pattern.Name, isIPv6);

    public static string UploadLimit(string acctSessionId) => "u_" + Hash(acctSessionId);

    public static string DownloadLimit(string acctSessionId) => "d_" + Hash(acctSessionId);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
