using NacGateway.Radius.Attributes;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Policy.Conditions;

/// <summary>An attribute of the Access-Accept has, in any of its instances, one of these values. Values are not repeated in words.</summary>
internal sealed class ReplyCondition(AttributeDefinition attribute, ReplyTest test, IReadOnlyList<ReadOnlyMemory<byte>> values) : ICondition
{
    private const uint ExtendedFirst = 241;

    public bool NeedsReply => true;

    public string Words => test == ReplyTest.Present
        ? $"the server sent {attribute.Name}"
        : $"{attribute.Name} {Asked()} {TextPattern.Choice(values.Select(Text))}";

    public string? Miss(AccessQuery query)
    {
        var instances = 0;
        foreach (var item in query.Reply ?? [])
        {
            if (attribute.Path is not [RadiusAttributeType.VendorSpecific, var vendor, var vendorType])
            {
                if (item.Type == attribute.Path[0] && IsHit(item.Value.Span, ref instances))
                {
                    return null;
                }
            }
            else if (item.Type == RadiusAttributeType.VendorSpecific && VendorSpecificReader.TryRead(item.Value.Span, out var reader) && reader.VendorId == vendor)
            {
                foreach (var part in reader)
                {
                    if (part.Type == vendorType && IsHit(part.Value, ref instances))
                    {
                        return null;
                    }
                }
            }
        }

        return instances == 0
            ? $"the server sent no {attribute.Name}"
            : $"{attribute.Name} {Verb()} {TextPattern.Words(values.Select(Text), values.Count)}";
    }

    /// <summary>Whether an attribute can be looked at: one that stands in a packet by itself or inside a vendor's, and is not secret.</summary>
    public static bool CanRead(AttributeDefinition attribute) =>
        !attribute.IsSecret && !attribute.IsInternal && attribute.Encryption == AttributeEncryption.None
        && attribute.Type is not (RadiusDataType.Tlv or RadiusDataType.Vsa or RadiusDataType.Extended or RadiusDataType.LongExtended or RadiusDataType.ExtendedVendorSpecific)
        && attribute.Path is [< ExtendedFirst] or [RadiusAttributeType.VendorSpecific, _, <= byte.MaxValue];

    /// <summary>Whether its values are texts, or octets that are read as such.</summary>
    public static bool IsText(AttributeDefinition attribute) => attribute.Type is RadiusDataType.Text or RadiusDataType.String or RadiusDataType.Concat;

    private bool IsHit(ReadOnlySpan<byte> value, ref int instances)
    {
        instances++;
        if (test == ReplyTest.Present)
        {
            return true;
        }

        if (attribute.HasTag)
        {
            value = Untagged(value);
        }

        foreach (var wanted in values)
        {
            if (value.SequenceEqual(wanted.Span) || (IsText(attribute) && IsHit(value, wanted.Span)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsHit(ReadOnlySpan<byte> value, ReadOnlySpan<byte> wanted) =>
        AttributeValue.TryReadText(value, out var text) && AttributeValue.TryReadText(wanted, out var other) && test switch
        {
            ReplyTest.Contains => text.Contains(other, StringComparison.OrdinalIgnoreCase),
            ReplyTest.StartsWith => text.StartsWith(other, StringComparison.OrdinalIgnoreCase),
            _ => text.Equals(other, StringComparison.OrdinalIgnoreCase),
        };

    /// <summary>The tag names a group of attributes, not a value (RFC 2868 section 3): of an integer it is the first octet.</summary>
    private ReadOnlySpan<byte> Untagged(ReadOnlySpan<byte> value)
    {
        if (attribute.Type is RadiusDataType.Integer or RadiusDataType.Enum)
        {
            return value.Length == sizeof(uint) ? (byte[])[0, .. value[1..]] : value;
        }

        TaggedValue.Split(value, out _, out var text);
        return text;
    }

    private string Asked() => test switch
    {
        ReplyTest.Contains => "contains",
        ReplyTest.StartsWith => "begins with",
        _ => "is",
    };

    private string Verb() => test switch
    {
        ReplyTest.Contains => "does not contain",
        ReplyTest.StartsWith => "does not begin with",
        _ => "is not",
    };

    private string Text(ReadOnlyMemory<byte> value) =>
        AttributeValue.TryReadInteger(value.Span, out uint number) && !IsText(attribute) ? (attribute.ValueNames.TryGetValue(number, out var name) ? name : number.ToString(System.Globalization.CultureInfo.InvariantCulture))
        : AttributeValue.TryReadText(value.Span, out var text) && IsText(attribute) && !text.Any(char.IsControl) ? text
        : "0x" + Convert.ToHexStringLower(value.Span);
}
