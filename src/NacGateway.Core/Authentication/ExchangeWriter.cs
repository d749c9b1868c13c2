using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;
using NacGateway.Radius.Attributes;
using NacGateway.Radius.Client;
using NacGateway.Radius.Packets;

namespace NacGateway.Core.Authentication;

/// <summary>
/// Writes down a request and its answer for the record of a decision, without any secret: what is secret is left out here, before anything
/// is stored, and only its length stays. Bounded, whatever a server sends.
/// </summary>
/// <remarks>
/// <code>
/// version (1)  status (1)  sends (2)  milliseconds (4)  server (1 + n)  problem (1 + n)
/// passed over (1) times:   status + 1, 0 for none yet (1)  name (1 + n)  problem (1 + n)
/// request, answer:         code, 0 for none (1)  identifier (1)  octets on the wire (2)  attributes left out (2)  octets (2), and as many of
///   attributes:            kind (1)  [vendor (4)]  type (1)  length (1)  and, unless it is hidden, the value
/// </code>
/// Numbers in network byte order, texts in UTF-8.
/// </remarks>
internal static class ExchangeWriter
{
    public const byte Version = 1;

    /// <summary>Most octets of the attributes of one packet.</summary>
    public const int MostOctets = 4080;

    /// <summary>Shortest password that is looked for in what a server sends: shorter ones are in words by chance.</summary>
    private const int ShortestEcho = 4;

    private const int MostPassedOver = 4;
    private const int LongestName = 60;
    private const int LongestProblem = 60;

    /// <summary>The octets; null when nothing was sent.</summary>
    /// <param name="result">What became of the request.</param>
    /// <param name="password">What was typed: a value that repeats it is left out, for some servers greet with it. Empty for nothing.</param>
    public static byte[]? Write(ExchangeResult result, ReadOnlySpan<byte> password)
    {
        if (result.Request is null && result.Server is null)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(ExchangeRecord.Longest);
        try
        {
            var place = new Place(buffer);
            place.Octet(Version);
            place.Octet((byte)result.Status);
            place.Number((ushort)Math.Clamp(result.Sends, 0, ushort.MaxValue));
            place.Number((uint)Math.Clamp(result.Elapsed.TotalMilliseconds, 0, uint.MaxValue));
            place.Text(result.Server?.Name, 2 * LongestName);
            place.Text(result.Problem, 3 * LongestProblem);
            var others = Math.Min(result.PassedOver.Count, MostPassedOver);
            place.Octet((byte)others);
            for (var i = 0; i < others; i++)
            {
                var other = result.PassedOver[i];
                place.Octet((byte)(other.Status is { } status ? (int)status + 1 : 0));
                place.Text(other.Name, LongestName);
                place.Text(other.Problem, LongestProblem);
            }

            var echo = password.Length >= ShortestEcho && !IsInName(result.Request, password) ? password : default;
            Packet(ref place, result.Request, echo);
            Packet(ref place, result.Reply, echo);
            return place.Written.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Whether a text that came from a server holds the password.</summary>
    public static bool Echoes(ReadOnlySpan<byte> value, ReadOnlySpan<byte> password) => password.Length >= ShortestEcho && value.IndexOf(password) >= 0;

    /// <summary>Whoever types his own name as the password has none that could be hidden; leaving the name out would only tell so.</summary>
    private static bool IsInName(RadiusPacket? request, ReadOnlySpan<byte> password) =>
        request is not null && request.Attributes.TryGetFirst(RadiusAttributeType.UserName, out var name) && name.IndexOf(password) >= 0;

    private static void Packet(ref Place place, RadiusPacket? packet, ReadOnlySpan<byte> password)
    {
        place.Octet(packet is null ? (byte)0 : (byte)packet.Code);
        if (packet is null)
        {
            return;
        }

        place.Octet(packet.Identifier);
        place.Number((ushort)packet.EncodedLength);
        var leftOutAt = place.Skip(sizeof(ushort));
        var lengthAt = place.Skip(sizeof(ushort));
        var leftOut = 0;
        var end = place.Length + MostOctets;
        for (var rest = packet.Attributes.Encoded; !rest.IsEmpty; rest = rest[rest[1]..])
        {
            leftOut += Attribute(ref place, rest[0], rest[2..rest[1]], password, end);
        }

        place.Set(leftOutAt, (ushort)Math.Min(leftOut, ushort.MaxValue));
        place.Set(lengthAt, (ushort)(place.Length - lengthAt - sizeof(ushort)));
    }

    /// <summary>Writes one, and returns how many had no room.</summary>
    private static int Attribute(ref Place place, byte type, ReadOnlySpan<byte> value, ReadOnlySpan<byte> password, int end)
    {
        if (type != ExtendedAttributes.VendorSpecific)
        {
            // Fragments of an extended attribute are kept as they came; whether it is hidden says the number of the first octet.
            var isHidden = SecretAttributes.Hides(type) || Echoes(value, password)
                || (type is >= ExtendedAttributes.First and <= ExtendedAttributes.Last && !value.IsEmpty && SecretAttributes.HidesExtended(type, value[0]));
            return place.TryAttribute(ExchangeAttributeKind.Plain, isHidden, 0, type, value, end) ? 0 : 1;
        }

        if (!VendorSpecificReader.TryRead(value, out var reader))
        {
            // It may hold a secret in a layout that hides it from us.
            return place.TryAttribute(ExchangeAttributeKind.Plain, isHidden: true, 0, type, value, end) ? 0 : 1;
        }

        var leftOut = 0;
        foreach (var item in reader)
        {
            var isHidden = SecretAttributes.Hides(reader.VendorId, item.Type, item.Value) || Echoes(item.Value, password);
            leftOut += place.TryAttribute(ExchangeAttributeKind.Vendor, isHidden, reader.VendorId, item.Type, item.Value, end) ? 0 : 1;
        }

        return leftOut;
    }

    /// <summary>Where the next octet goes.</summary>
    private ref struct Place(Span<byte> buffer)
    {
        private readonly Span<byte> _buffer = buffer;

        public int Length { get; private set; }

        public readonly ReadOnlySpan<byte> Written => _buffer[..Length];

        public void Octet(byte value) => _buffer[Length++] = value;

        public void Number(ushort value) => Set(Skip(sizeof(ushort)), value);

        public void Number(uint value) => BinaryPrimitives.WriteUInt32BigEndian(_buffer[Skip(sizeof(uint))..], value);

        public readonly void Set(int at, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(_buffer[at..], value);

        public int Skip(int octets)
        {
            Length += octets;
            return Length - octets;
        }

        /// <summary>A text of at most so many octets, and no half character.</summary>
        public void Text(string? text, int longest)
        {
            var at = Skip(1);
            Utf8.FromUtf16(text, _buffer.Slice(Length, longest), out _, out var written);
            _buffer[at] = (byte)written;
            Length += written;
        }

        public bool TryAttribute(ExchangeAttributeKind kind, bool isHidden, uint vendor, byte type, ReadOnlySpan<byte> value, int end)
        {
            var octets = 3 + (kind == ExchangeAttributeKind.Vendor ? sizeof(uint) : 0) + (isHidden ? 0 : value.Length);
            if (Length + octets > end)
            {
                return false;
            }

            Octet((byte)((byte)kind | (isHidden ? (byte)ExchangeAttributeKind.Hidden : 0)));
            if (kind == ExchangeAttributeKind.Vendor)
            {
                Number(vendor);
            }

            Octet(type);
            Octet((byte)value.Length);
            if (!isHidden)
            {
                value.CopyTo(_buffer[Length..]);
                Length += value.Length;
            }

            return true;
        }
    }
}
