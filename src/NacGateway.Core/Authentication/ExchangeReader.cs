using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Dictionary;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>Reads what <see cref="ExchangeWriter"/> wrote. Any other octets make it fail, never throw. Used once.</summary>
internal sealed class ExchangeReader(byte[] octets)
{
    private const string Standard = "RADIUS";

    private int _at;
    private bool _hasFailed;

    public ExchangeRecord? Read()
    {
        if (Octet() != ExchangeWriter.Version)
        {
            return null;
        }

        var status = (ExchangeStatus)Octet();
        var (sends, elapsed, server, problem) = (Number16(), Number32(), Text(), Text());
        List<PassedOverServer> others = [];
        for (var left = Octet(); left > 0 && !_hasFailed; left--)
        {
            var ended = Octet();
            others.Add(new PassedOverServer { Status = ended == 0 ? null : (ExchangeStatus)(ended - 1), Name = Text() ?? "", Problem = Text() });
        }

        var record = new ExchangeRecord
        {
            Status = status,
            Sends = sends,
            Elapsed = TimeSpan.FromMilliseconds(elapsed),
            ServerName = server,
            Problem = problem,
            PassedOver = others,
            Request = Packet(),
            Reply = Packet(),
        };
        return _hasFailed || _at != octets.Length ? null : record;
    }

    private ExchangePacket? Packet()
    {
        var code = (RadiusCode)Octet();
        if ((byte)code == 0 || _hasFailed)
        {
            return null;
        }

        var (identifier, length, leftOut, end) = (Octet(), Number16(), Number16(), Number16());
        end += _at;
        _hasFailed |= end > octets.Length;
        List<ExchangeField> attributes = [];
        HashSet<(byte, byte)> extended = [];
        var start = _at;
        var kept = new KeptAttributes();
        while (_at < end && !_hasFailed)
        {
            if (Attribute(extended, start, end, kept) is { } attribute)
            {
                attributes.Add(attribute);
            }
        }

        _hasFailed |= _at != end;
        return new ExchangePacket { Code = code, Name = PacketPrinter.CodeName(code), Identifier = identifier, Octets = length, LeftOut = leftOut, Attributes = attributes, Kept = kept.List, Withheld = kept.Withheld };
    }

    /// <summary>The next one; null for a further fragment of an extended attribute, which appears where its first fragment stands.</summary>
    private ExchangeField? Attribute(HashSet<(byte Type, byte ExtendedType)> extended, int start, int end, KeptAttributes kept)
    {
        var item = Item();
        var (kind, vendor, type, value) = (item.Kind, item.Vendor, item.Type, item.Value.ToArray());
        if (_hasFailed)
        {
            return null;
        }

        uint[] path = kind == ExchangeAttributeKind.Vendor ? [RadiusAttributeType.VendorSpecific, vendor, type] : [type];
        var source = kind == ExchangeAttributeKind.Vendor ? VendorName(vendor) : Standard;
        if (item.IsHidden)
        {
            var isKnown = AttributeDictionary.Default.TryGet(path, out var definition);
            kept.Withhold(definition);
            var name = isKnown ? definition!.Name : "Attr-" + string.Join('.', path.Select(number => number.ToString(CultureInfo.InvariantCulture)));
            return new ExchangeField(name, string.Create(CultureInfo.InvariantCulture, $"(hidden, {item.Length} octets)"), source, IsHidden: true);
        }

        kept.Add(kind == ExchangeAttributeKind.Vendor ? vendor : null, type, value);
        var list = new AttributeList();
        if (kind == ExchangeAttributeKind.Vendor)
        {
            list.AddVendor(vendor, type, value);
        }
        else if (type is >= ExtendedAttributes.First and <= ExtendedAttributes.Last && value.Length > 0)
        {
            if (!extended.Add((type, value[0])))
            {
                return null;
            }

            AddFragments(list, type, value[0], start, end);
        }
        else
        {
            list.Add(type, value);
        }

        return Printed(list, source);
    }

    /// <summary>As the printer of packets has it, which escapes text and hides by its own knowledge once more.</summary>
    private static ExchangeField Printed(AttributeList list, string source)
    {
        const string Between = " = ";
        var line = string.Join("; ", PacketPrinter.Lines(list, AttributeDictionary.Default));
        var at = line.IndexOf(Between, StringComparison.Ordinal);
        return at < 0 ? new ExchangeField(line, "", source, IsHidden: false) : new ExchangeField(line[..at], line[(at + Between.Length)..], source, IsHidden: false);
    }

    private void AddFragments(AttributeList list, byte type, byte extendedType, int start, int end)
    {
        var here = _at;
        for (_at = start; _at < end && !_hasFailed;)
        {
            var item = Item();
            if (item.Kind == ExchangeAttributeKind.Plain && !item.IsHidden && item.Type == type && !item.Value.IsEmpty && item.Value[0] == extendedType)
            {
                list.Add(type, item.Value);
            }
        }

        _at = here;
    }

    private StoredItem Item()
    {
        var kind = (ExchangeAttributeKind)Octet();
        var isHidden = kind.HasFlag(ExchangeAttributeKind.Hidden);
        kind &= ~ExchangeAttributeKind.Hidden;
        _hasFailed |= kind is not (ExchangeAttributeKind.Plain or ExchangeAttributeKind.Vendor);
        var vendor = kind == ExchangeAttributeKind.Vendor ? Number32() : 0;
        var (type, length) = (Octet(), Octet());
        _hasFailed |= length > (kind == ExchangeAttributeKind.Vendor ? VendorAttributes.MaxValueLength : AttributeList.MaxValueLength);
        return new StoredItem(kind, isHidden, vendor, type, length, isHidden ? [] : Take(length));
    }

    private static string VendorName(uint vendor) =>
        AttributeDictionary.Default.TryGetVendorName(vendor, out var name) ? name : string.Create(CultureInfo.InvariantCulture, $"vendor {vendor}");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_hasFailed || count > octets.Length - _at)
        {
            _hasFailed = true;
            return default;
        }

        _at += count;
        return octets.AsSpan(_at - count, count);
    }

    private byte Octet() => Take(1) is [var octet] ? octet : (byte)0;

    private int Number16() => Take(sizeof(ushort)) is { Length: sizeof(ushort) } place ? BinaryPrimitives.ReadUInt16BigEndian(place) : 0;

    private uint Number32() => Take(sizeof(uint)) is { Length: sizeof(uint) } place ? BinaryPrimitives.ReadUInt32BigEndian(place) : 0;

    private string? Text() => Take(Octet()) is { Length: > 0 } place ? Encoding.UTF8.GetString(place) : null;

    private readonly ref struct StoredItem(ExchangeAttributeKind kind, bool isHidden, uint vendor, byte type, byte length, ReadOnlySpan<byte> value)
    {
        public ExchangeAttributeKind Kind { get; } = kind;

        public bool IsHidden { get; } = isHidden;

        public byte Type { get; } = type;

        public uint Vendor { get; } = vendor;

        public byte Length { get; } = length;

        public ReadOnlySpan<byte> Value { get; } = value;
    }
}
