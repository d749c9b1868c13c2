using System.Buffers.Binary;
using System.Text;

namespace NacGateway.Web.Tests.Observability;

/// <summary>One message of Protocol Buffers, read by its wire format alone; what is no such message is an exception.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Number, ulong Scalar, byte[]? Octets)> _fields = [];

    private ProtobufMessage(ReadOnlySpan<byte> octets)
    {
        while (octets.Length > 0)
        {
            var tag = Varint(ref octets);
            var number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    _fields.Add((number, Varint(ref octets), null));
                    break;
                case 1:
                    _fields.Add((number, BinaryPrimitives.ReadUInt64LittleEndian(octets), null));
                    octets = octets[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref octets);
                    _fields.Add((number, 0, octets[..length].ToArray()));
                    octets = octets[length..];
                    break;
                case 5:
                    _fields.Add((number, BinaryPrimitives.ReadUInt32LittleEndian(octets), null));
                    octets = octets[4..];
                    break;
                default:
                    throw new FormatException($"Wire type {tag & 7} of field {number}.");
            }
        }
    }

    public static ProtobufMessage Parse(ReadOnlySpan<byte> octets) => new(octets);

    public IEnumerable<ProtobufMessage> Messages(int number) => _fields.Where(field => field.Number == number).Select(field => Parse(field.Octets));

    public ProtobufMessage Message(int number) => Messages(number).Single();

    public string Text(int number) => _fields.Where(field => field.Number == number).Select(field => Encoding.UTF8.GetString(field.Octets!)).SingleOrDefault("");

    public string Hex(int number) => _fields.Where(field => field.Number == number).Select(field => Convert.ToHexString(field.Octets!)).SingleOrDefault("");

    public bool Has(int number) => _fields.Exists(field => field.Number == number);

    public ulong Number(int number) => _fields.Find(field => field.Number == number).Scalar;

    /// <summary>Key-value pairs of OpenTelemetry in a field: texts and whole numbers.</summary>
    public IReadOnlyDictionary<string, string> Attributes(int number) => Messages(number).ToDictionary(
        pair => pair.Text(1),
        pair => pair.Message(2) is var value && value.Has(1) ? value.Text(1) : value.Number(3).ToString(System.Globalization.CultureInfo.InvariantCulture),
        StringComparer.Ordinal);

    private static ulong Varint(ref ReadOnlySpan<byte> octets)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var octet = octets[0];
            octets = octets[1..];
            value |= (ulong)(octet & 0x7f) << shift;
            if ((octet & 0x80) == 0)
            {
                return value;
            }
        }
    }
}
