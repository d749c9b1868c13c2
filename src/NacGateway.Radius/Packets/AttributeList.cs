using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace NacGateway.Radius.Packets;

/// <summary>
/// The attributes of one packet in wire order, kept as the octets that go on the wire. Nothing is reordered, merged or dropped:
/// unknown types and duplicates survive a round trip. Not safe for concurrent change; safe for concurrent reading.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "The order is the point of the type; it is a list in the field's words.")]
public sealed class AttributeList : IReadOnlyCollection<RadiusAttribute>
{
    /// <summary>Largest value of one attribute in octets (RFC 2865 section 5: Length is one octet and counts the header).</summary>
    public const int MaxValueLength = 253;

    /// <summary>Octets that remain for attributes in the largest packet (RFC 2865 section 3: 4096 less the 20 of the header).</summary>
    public const int MaxEncodedLength = 4096 - 20;

    private byte[] _buffer;
    private int _length;

    /// <summary>An empty list.</summary>
    public AttributeList() => _buffer = [];

    /// <summary>A list over octets that the caller has already walked and will not change.</summary>
    internal AttributeList(byte[] encoded, int count)
    {
        _buffer = encoded;
        _length = encoded.Length;
        Count = count;
    }

    /// <summary>Number of attributes, duplicates counted.</summary>
    public int Count { get; private set; }

    /// <summary>The attributes as they go on the wire.</summary>
    public ReadOnlySpan<byte> Encoded => _buffer.AsSpan(0, _length);

    /// <summary>Appends one attribute.</summary>
    /// <param name="type">Attribute type.</param>
    /// <param name="value">0 to 253 octets; copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is longer than 253 octets, or the packet would exceed 4096.</exception>
    public void Add(byte type, ReadOnlySpan<byte> value) => value.CopyTo(Reserve(type, value.Length));

    /// <summary>Puts one attribute in front of all others, as Message-Authenticator wants it.</summary>
    /// <param name="type">Attribute type.</param>
    /// <param name="value">0 to 253 octets; copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is longer than 253 octets, or the packet would exceed 4096.</exception>
    public void Prepend(byte type, ReadOnlySpan<byte> value)
    {
        int total = Grow(value.Length);
        _buffer.AsSpan(0, _length).CopyTo(_buffer.AsSpan(total));
        _buffer[0] = type;
        _buffer[1] = (byte)total;
        value.CopyTo(_buffer.AsSpan(2));
        _length += total;
        Count++;
    }

    /// <summary>Appends an attribute of <paramref name="length"/> octets and returns the place for its value, zeroed.</summary>
    /// <param name="type">Attribute type.</param>
    /// <param name="length">0 to 253.</param>
    /// <returns>The value's octets inside this list; valid until the next change.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is over 253, or the packet would exceed 4096.</exception>
    public Span<byte> Reserve(byte type, int length)
    {
        int total = Grow(length);
        Span<byte> place = _buffer.AsSpan(_length, total);
        place.Clear();
        place[0] = type;
        place[1] = (byte)total;
        _length += total;
        Count++;
        return place[2..];
    }

    /// <summary>Removes every attribute of one type.</summary>
    /// <param name="type">Attribute type.</param>
    /// <returns>How many were removed.</returns>
    public int RemoveAll(byte type)
    {
        int removed = 0;
        int write = 0;
        for (int read = 0; read < _length;)
        {
            int size = _buffer[read + 1];
            if (_buffer[read] == type)
            {
                removed++;
            }
            else
            {
                _buffer.AsSpan(read, size).CopyTo(_buffer.AsSpan(write));
                write += size;
            }

            read += size;
        }

        _length = write;
        Count -= removed;
        return removed;
    }

    /// <summary>Finds the first attribute of one type.</summary>
    /// <param name="type">Attribute type.</param>
    /// <param name="value">Its octets, aliasing this list; empty when there is none.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGetFirst(byte type, out ReadOnlySpan<byte> value)
    {
        for (int read = 0; read < _length; read += _buffer[read + 1])
        {
            if (_buffer[read] == type)
            {
                value = _buffer.AsSpan(read + 2, _buffer[read + 1] - 2);
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>How many attributes of one type there are.</summary>
    /// <param name="type">Attribute type.</param>
    public int CountOf(byte type)
    {
        int found = 0;
        for (int read = 0; read < _length; read += _buffer[read + 1])
        {
            found += _buffer[read] == type ? 1 : 0;
        }

        return found;
    }

    /// <summary>Walks the attributes in wire order without allocating.</summary>
    public Enumerator GetEnumerator() => new(_buffer, _length);

    IEnumerator<RadiusAttribute> IEnumerable<RadiusAttribute>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Grow(int valueLength)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(valueLength, MaxValueLength);
        int total = valueLength + 2;
        if (_length + total > MaxEncodedLength)
        {
            throw new ArgumentOutOfRangeException(nameof(valueLength), valueLength, $"The attribute does not fit: {_length} of {MaxEncodedLength} octets are taken.");
        }

        if (_buffer.Length < _length + total)
        {
            Array.Resize(ref _buffer, Math.Min(MaxEncodedLength, Math.Max(_length + total, Math.Max(128, _buffer.Length * 2))));
        }

        return total;
    }

    /// <summary>Walks an <see cref="AttributeList"/> in wire order.</summary>
    public struct Enumerator : IEnumerator<RadiusAttribute>
    {
        private readonly byte[] _buffer;
        private readonly int _length;
        private int _next;

        internal Enumerator(byte[] buffer, int length)
        {
            _buffer = buffer;
            _length = length;
        }

        /// <inheritdoc/>
        public RadiusAttribute Current { get; private set; }

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext()
        {
            if (_next >= _length)
            {
                return false;
            }

            int size = _buffer[_next + 1];
            Current = new RadiusAttribute(_buffer[_next], _buffer.AsMemory(_next + 2, size - 2));
            _next += size;
            return true;
        }

        /// <inheritdoc/>
        public void Reset() => _next = 0;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
