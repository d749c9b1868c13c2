namespace NacGateway.Radius.Packets;

/// <summary>
/// Writes nested type, length, value triples (RFC 6929 section 2.3) straight into a span. A parent is opened with <see cref="Begin"/> and
/// closed with <see cref="End"/>, innermost first.
/// </summary>
public ref struct TlvWriter
{
    private const int HeaderLength = 2;
    private readonly Span<byte> _destination;

    /// <summary>A writer at the start of a span.</summary>
    /// <param name="destination">Where to write; kept.</param>
    public TlvWriter(Span<byte> destination) => _destination = destination;

    /// <summary>Octets written.</summary>
    public int Length { get; private set; }

    /// <summary>Writes one triple.</summary>
    /// <param name="type">Type.</param>
    /// <param name="value">1 to 253 octets.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is longer, or does not fit.</exception>
    public void Add(byte type, ReadOnlySpan<byte> value)
    {
        int parent = Begin(type);
        if (value.Length > _destination.Length - Length)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value.Length, "The triple does not fit the destination.");
        }

        value.CopyTo(_destination[Length..]);
        Length += value.Length;
        End(parent);
    }

    /// <summary>Opens a triple that holds others.</summary>
    /// <param name="type">Its type.</param>
    /// <returns>What <see cref="End"/> wants.</returns>
    public int Begin(byte type)
    {
        int start = Length;
        _destination[start] = type;
        Length += HeaderLength;
        return start;
    }

    /// <summary>Closes the triple and writes its length.</summary>
    /// <param name="start">What <see cref="Begin"/> gave.</param>
    /// <exception cref="ArgumentOutOfRangeException">The triple is longer than 255 octets.</exception>
    public readonly void End(int start)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Length - start, byte.MaxValue, nameof(start));
        _destination[start + 1] = (byte)(Length - start);
    }
}
