using System.Collections.Frozen;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>
/// Which attributes are never kept: what the dictionary calls secret, what hides a secret by its nature, and what is known to hold one
/// though the dictionary does not know it. When in doubt the octets go: a record without them still says that they were there. Immutable.
/// </summary>
internal static class SecretAttributes
{
    private const uint Ascend = 529;
    private const uint ThreeGpp2 = 5535;
    private const uint WiMax = 24757;

    private static readonly string[] s_words = ["password", "passwd", "secret", "passphrase", "psk", "preshared", "pre-shared", "credential", "token", "key"];

    private static readonly Lazy<(bool[] Plain, FrozenSet<(byte, byte)> Extended, FrozenSet<(uint, byte)> Vendors)> s_known = new(Read);

    /// <summary>Whether a standard attribute is hidden.</summary>
    public static bool Hides(byte type) => s_known.Value.Plain[type];

    /// <summary>Whether an extended attribute is hidden (RFC 6929).</summary>
    public static bool HidesExtended(byte type, byte extendedType) => s_known.Value.Extended.Contains((type, extendedType));

    /// <summary>Whether a vendor's attribute is hidden: by its number, or because it is of the kind NAME=VALUE with a name that tells.</summary>
    public static bool Hides(uint vendor, byte type, ReadOnlySpan<byte> value) =>
        vendor is WiMax or ThreeGpp2 || s_known.Value.Vendors.Contains((vendor, type)) || IsNamedSecret(value);

    private static bool IsNamedSecret(ReadOnlySpan<byte> value)
    {
        var sign = value.IndexOf((byte)'=');
        if (sign <= 0 || !System.Text.Ascii.IsValid(value[..sign]))
        {
            return false;
        }

        Span<char> name = stackalloc char[AttributeList.MaxValueLength];
        var length = System.Text.Encoding.ASCII.GetChars(value[..sign], name);
        foreach (var word in s_words)
        {
            if (name[..length].Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static (bool[] Plain, FrozenSet<(byte, byte)> Extended, FrozenSet<(uint, byte)> Vendors) Read()
    {
        var plain = new bool[byte.MaxValue + 1];

        // State is for its server alone, and whoever has it may go on with a sign-in. Authenticators are only worth something to who forges.
        plain[RadiusAttributeType.State] = true;
        plain[RadiusAttributeType.MessageAuthenticator] = true;
        plain[RadiusAttributeType.EapMessage] = true;

        // Numbers that Ascend used before it had a space of its own: Ascend-Send-Secret, Ascend-Receive-Secret.
        plain[214] = plain[215] = true;
        HashSet<(byte, byte)> extended = [];
        HashSet<(uint, byte)> vendors = [(Ascend, 214), (Ascend, 215)];
        foreach (var definition in AttributeDictionary.Default.Definitions.Where(IsSecret))
        {
            switch (definition.Path)
            {
                case [<= byte.MaxValue and var type]:
                    plain[type] = true;
                    break;
                case [>= ExtendedAttributes.First and <= ExtendedAttributes.Last and var type, var extendedType, ..]:
                    extended.Add(((byte)type, (byte)extendedType));
                    break;
                case [RadiusAttributeType.VendorSpecific, var vendor, var type, ..]:
                    vendors.Add((vendor, (byte)type));
                    break;
            }
        }

        return (plain, extended.ToFrozenSet(), vendors.ToFrozenSet());
    }

    /// <summary>A dictionary tells what is hidden on the wire; some vendors send what is secret in clear, under a name that tells.</summary>
    private static bool IsSecret(AttributeDefinition definition) => definition.IsSecret
        || (definition.Path.Count > 1 && s_words.Any(word => definition.Name.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
