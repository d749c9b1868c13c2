namespace NacGateway.Radius.Packets;

/// <summary>
/// Walks type, length, value triples that fill a span exactly: the TLV of RFC 6929 section 2.3 and the sub-attributes of RFC 2865
/// section 5.26, which have the same layout. One bounds-checked walk when it is made; no allocation, no copy.
/// </summary>
public readonly ref struct TlvReader
{
    private readonly ReadOnlySpan<byte> _encoded;

    private TlvReader(ReadOnlySpan<byte> encoded) => _encoded = encoded;

    /// <summary>Checks that the triples fill the span exactly.</summary>
    /// <param name="encoded">At least one triple; aliased by the reader.</param>
    /// <param name="reader">The reader; default when the layout is wrong.</param>
    /// <returns>False for an empty span, a length below 2, or a triple that ends beyond the span.</returns>
    public static bool TryRead(ReadOnlySpan<byte> encoded, out TlvReader reader)
    {
        reader = default;
        if (encoded.IsEmpty)
        {
            return false;
        }

        for (ReadOnlySpan<byte> rest = encoded; !rest.IsEmpty; rest = rest[rest[1]..])
        {
            if (rest.Length < 2 || rest[1] < 2 || rest[1] > rest.Length)
            {
                return false;
            }
        }

        reader = new TlvReader(encoded);
        return true;
    }

    /// <summary>Walks the triples in wire order.</summary>
    public Enumerator GetEnumerator() => new(_encoded);

    /// <summary>Walks the triples of a <see cref="TlvReader"/>.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> encoded) => _rest = encoded;

        /// <summary>Type of the current triple.</summary>
        public byte Type { get; private set; }

        /// <summary>Value of the current triple.</summary>
        public ReadOnlySpan<byte> Value { get; private set; }

        /// <summary>The enumerator itself: type and value are read from it.</summary>
        public readonly Enumerator Current => this;

        /// <summary>Steps to the next triple.</summary>
        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            Type = _rest[0];
            Value = _rest[2.._rest[1]];
            _rest = _rest[_rest[1]..];
            return true;
        }
    }
}
