using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NacGateway.Harness.Output;
using NacGateway.Radius.Crypto;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Harness.Decoding;

/// <summary>Reads what the printer hides, for a person who has the secret and asked for it.</summary>
internal static class HiddenAttributes
{
    private const string Unreadable = "<cannot be deciphered: another secret or authenticator, or malformed>";

    /// <param name="packet">The packet; in RADIUS/1.1 nothing is hidden on the wire, and what is secret is so for the printer alone.</param>
    /// <param name="secret">The shared secret.</param>
    /// <param name="authenticator">The authenticator of the request, also when the packet is its reply.</param>
    public static IReadOnlyList<AttributeLine> Reveal(RadiusPacket packet, byte[] secret, byte[] authenticator)
    {
        var lines = new List<AttributeLine>();
        var isClear = packet.Version == RadiusVersion.Radius11;
        foreach (var attribute in packet.Attributes)
        {
            if (attribute.Type != VendorSpecific)
            {
                Add(lines, [attribute.Type], attribute.Value.Span, isClear, secret, authenticator);
            }
            else if (VendorSpecificReader.TryRead(attribute.Value.Span, out var vendor))
            {
                foreach (var item in vendor)
                {
                    Add(lines, [VendorSpecific, vendor.VendorId, item.Type], item.Value, isClear, secret, authenticator);
                }
            }
        }

        return lines;
    }

    /// <summary>The values of an attribute as they are in the packet, hidden where it is.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="path">Its numbers from the packet inwards: its own, or those of Vendor-Specific, the vendor and its own.</param>
    public static IReadOnlyList<byte[]> OnTheWire(RadiusPacket packet, IReadOnlyList<uint> path)
    {
        var values = new List<byte[]>();
        foreach (var attribute in packet.Attributes)
        {
            if (path.Count == 1 && attribute.Type == path[0])
            {
                values.Add(attribute.Value.ToArray());
            }
            else if (path is [VendorSpecific, var id, var type] && attribute.Type == VendorSpecific && VendorSpecificReader.TryRead(attribute.Value.Span, out var vendor) && vendor.VendorId == id)
            {
                foreach (var item in vendor)
                {
                    if (item.Type == type)
                    {
                        values.Add(item.Value.ToArray());
                    }
                }
            }
        }

        return values;
    }

    private const byte VendorSpecific = 26;

    private static void Add(List<AttributeLine> lines, uint[] path, ReadOnlySpan<byte> value, bool isClear, byte[] secret, byte[] authenticator)
    {
        if (!AttributeDictionary.Default.TryGet(path, out var definition) || !definition.IsSecret)
        {
            return;
        }

        var name = definition.Name;
        if (definition.HasTag && !value.IsEmpty)
        {
            name = value[0] == 0 ? name : Named(definition, value[0]);
            value = value[1..];
        }

        Span<byte> clear = stackalloc byte[AttributeList.MaxValueLength];
        var length = 0;
        var readable = definition.Encryption switch
        {
            _ when isClear => value.TryCopyTo(clear[..(length = value.Length)]),
            AttributeEncryption.UserPassword => UserPassword.TryReveal(value, secret, authenticator, clear, out length),
            AttributeEncryption.Salted => SaltEncryption.TryDecrypt(value, secret, authenticator, clear, out length),
            _ => value.TryCopyTo(clear[..(length = value.Length)]),
        };
        lines.Add(new AttributeLine(name, readable ? Text(clear[..length]) : Unreadable));
        CryptographicOperations.ZeroMemory(clear);
    }

    /// <summary>A secret as it would be revealed, to compare with.</summary>
    public static AttributeLine Of(AttributeAssignment assignment) =>
        new(assignment.Tag == 0 ? assignment.Definition.Name : Named(assignment.Definition, assignment.Tag), Text(assignment.Value.Span));

    private static string Named(AttributeDefinition definition, byte tag) => string.Create(CultureInfo.InvariantCulture, $"{definition.Name}:{tag}");

    /// <summary>Text as it is when a terminal shows it so, else the octets.</summary>
    private static string Text(ReadOnlySpan<byte> clear)
    {
        var text = Encoding.UTF8.GetString(clear);
        return text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar && !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
            ? text
            : "0x" + Convert.ToHexStringLower(clear);
    }
}
