using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NacGateway.Aaa.Scenarios;

/// <summary>
/// Numbers that follow from a seed and from what they are for, never from time: the same seed and the same request give the same numbers
/// on every machine. SplitMix64, started from a digest. For faults on purpose, not for secrets. Not safe for concurrent use.
/// </summary>
internal sealed class Draw
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong _state;

    private Draw(ulong state) => _state = state;

    /// <summary>The numbers for one purpose.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="purpose">What for; whose.</param>
    /// <param name="number">The how many-th.</param>
    public static Draw Of(ulong seed, string purpose, long number) => Of(seed, Encoding.UTF8.GetBytes(purpose), number);

    public static Draw Of(ulong seed, ReadOnlySpan<byte> purpose, long number)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var octets = new byte[(2 * sizeof(ulong)) + purpose.Length];
        BinaryPrimitives.WriteUInt64BigEndian(octets, seed);
        BinaryPrimitives.WriteInt64BigEndian(octets.AsSpan(sizeof(ulong)), number);
        purpose.CopyTo(octets.AsSpan(2 * sizeof(ulong)));
        SHA256.HashData(octets, digest);
        return new Draw(BinaryPrimitives.ReadUInt64BigEndian(digest));
    }

    public ulong Next()
    {
        _state += Step;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>0 to below 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => least + (int)(Next() % (ulong)((long)most - least + 1));

    /// <summary>A number of the standard normal distribution (Box and Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());

    public byte[] Octets(int count)
    {
        var octets = new byte[count];
        for (var i = 0; i < count; i++)
        {
            octets[i] = (byte)Next();
        }

        return octets;
    }
}
