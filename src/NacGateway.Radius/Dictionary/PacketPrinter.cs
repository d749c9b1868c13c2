using System.Globalization;
using NacGateway.Radius.Packets;

namespace NacGateway.Radius.Dictionary;

/// <summary>
/// Writes a packet for people, an attribute a line: <c>User-Name = "alice"</c>. Attributes without a name appear by their numbers, and
/// nothing is left out, except what is secret: that is <c>&lt;hidden&gt;</c>. Text from the network is escaped.
/// </summary>
public static class PacketPrinter
{
    private const string Hidden = "<hidden>";

    /// <summary>Writes code, identifier, length, authenticator and all attributes in wire order.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="dictionary">Names and types.</param>
    /// <param name="writer">Where to write; lines end as the writer ends them.</param>
    public static void Print(RadiusPacket packet, AttributeDictionary dictionary, TextWriter writer)
    {
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{CodeName(packet.Code)} ({(byte)packet.Code}), identifier {packet.Identifier}, {packet.EncodedLength} octets"));
        writer.WriteLine($"  Authenticator = {ValueText.Hexadecimal(packet.Authenticator)}");
        foreach (string line in Lines(packet.Attributes, dictionary))
        {
            writer.WriteLine("  " + line);
        }
    }

    /// <summary>The name that the RFCs give a packet code, or its number.</summary>
    /// <param name="code">The code.</param>
    /// <returns>Such as <c>Access-Request</c>.</returns>
    public static string CodeName(RadiusCode code) => code switch
    {
        RadiusCode.AccessRequest => "Access-Request",
        RadiusCode.AccessAccept => "Access-Accept",
        RadiusCode.AccessReject => "Access-Reject",
        RadiusCode.AccountingRequest => "Accounting-Request",
        RadiusCode.AccountingResponse => "Accounting-Response",
        RadiusCode.AccessChallenge => "Access-Challenge",
        RadiusCode.StatusServer => "Status-Server",
        RadiusCode.StatusClient => "Status-Client",
        RadiusCode.DisconnectRequest => "Disconnect-Request",
        RadiusCode.DisconnectAck => "Disconnect-ACK",
        RadiusCode.DisconnectNak => "Disconnect-NAK",
        RadiusCode.CoaRequest => "CoA-Request",
        RadiusCode.CoaAck => "CoA-ACK",
        RadiusCode.CoaNak => "CoA-NAK",
        RadiusCode.ProtocolError => "Protocol-Error",
        _ => "Code-" + ((byte)code).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The attributes as lines, without indentation.</summary>
    /// <param name="attributes">The list.</param>
    /// <param name="dictionary">Names and types.</param>
    /// <returns>A line each; a Vendor-Specific with several sub-attributes gives several.</returns>
    public static IEnumerable<string> Lines(AttributeList attributes, AttributeDictionary dictionary)
    {
        IReadOnlyList<ExtendedAttribute> extended = attributes.ReadExtended();
        var printed = new HashSet<(byte Type, byte ExtendedType)>();
        foreach (RadiusAttribute attribute in attributes)
        {
            switch (attribute.Type)
            {
                case VendorSpecificLayout.AttributeType:
                    foreach (string line in VendorLines(attribute.Value.Span, dictionary))
                    {
                        yield return line;
                    }

                    break;
                case >= ExtendedAttributes.First and <= ExtendedAttributes.Last when attribute.Value.Length > 0:
                    // Fragments are spread over the packet: all of one type appear where the first of them stands.
                    (byte Type, byte ExtendedType) key = (attribute.Type, attribute.Value.Span[0]);
                    foreach (string line in printed.Add(key) ? ExtendedLines(extended, key, dictionary) : [])
                    {
                        yield return line;
                    }

                    break;
                default:
                    yield return Line([attribute.Type], attribute.Value.Span, dictionary);
                    break;
            }
        }
    }

    private static List<string> VendorLines(ReadOnlySpan<byte> value, AttributeDictionary dictionary)
    {
        if (!VendorSpecificReader.TryRead(value, out VendorSpecificReader reader))
        {
            // It may hold a secret in a layout that hides it from us.
            return [string.Create(CultureInfo.InvariantCulture, $"Vendor-Specific = <invalid, {value.Length} octets>")];
        }

        var lines = new List<string>();
        foreach (TlvReader.Enumerator item in reader)
        {
            lines.Add(Line([VendorSpecificLayout.AttributeType, reader.VendorId, item.Type], item.Value, dictionary));
        }

        return lines;
    }

    private static IEnumerable<string> ExtendedLines(IReadOnlyList<ExtendedAttribute> extended, (byte Type, byte ExtendedType) key, AttributeDictionary dictionary)
    {
        bool isValid = false;
        foreach (ExtendedAttribute attribute in extended.Where(attribute => (attribute.Type, attribute.ExtendedType) == key))
        {
            isValid = true;
            yield return attribute.ExtendedType == ExtendedAttributes.VendorSpecific && ExtendedAttributes.TrySplitVendor(attribute.Value, out uint vendor, out byte type, out ReadOnlyMemory<byte> value)
                ? Line([key.Type, key.ExtendedType, vendor, type], value.Span, dictionary)
                : Line([key.Type, key.ExtendedType], attribute.Value.Span, dictionary);
        }

        if (!isValid)
        {
            yield return $"{Name([key.Type, key.ExtendedType], dictionary, out _)} = <invalid>";
        }
    }

    private static string Line(uint[] path, ReadOnlySpan<byte> value, AttributeDictionary dictionary)
    {
        string name = Name(path, dictionary, out AttributeDefinition? definition);
        if (definition is null)
        {
            return $"{name} = {ValueText.Hexadecimal(value)}";
        }

        if (definition.HasTag)
        {
            bool isInteger = definition.Type is RadiusDataType.Integer or RadiusDataType.Enum;
            TaggedValue.Split(value, out byte tag, out ReadOnlySpan<byte> text);
            name = tag == 0 ? name : name + ":" + tag.ToString(CultureInfo.InvariantCulture);
            return $"{name} = {(definition.IsSecret ? Hidden : ValueText.Format(definition, isInteger ? value : text, isInteger))}";
        }

        return $"{name} = {(definition.IsSecret ? Hidden : Value(definition, value, dictionary))}";
    }

    private static string Value(AttributeDefinition definition, ReadOnlySpan<byte> value, AttributeDictionary dictionary)
    {
        if (definition.Type != RadiusDataType.Tlv)
        {
            return ValueText.Format(definition, value);
        }

        if (!TlvReader.TryRead(value, out TlvReader reader))
        {
            return string.Create(CultureInfo.InvariantCulture, $"<invalid, {value.Length} octets>");
        }

        var children = new List<string>();
        foreach (TlvReader.Enumerator item in reader)
        {
            children.Add(Line([.. definition.Path, item.Type], item.Value, dictionary));
        }

        return "{ " + string.Join(", ", children) + " }";
    }

    private static string Name(uint[] path, AttributeDictionary dictionary, out AttributeDefinition? definition) =>
        dictionary.TryGet(path, out definition) ? definition.Name : "Attr-" + AttributeDefinition.FormatOid(path);
}
