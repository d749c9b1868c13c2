using System.Buffers;
using System.Security.Cryptography;

namespace NacGateway.Radius.Crypto;

/// <summary>Pooled octets that have held a secret: zeroed before they go back, so that the pool never hands a secret to someone else.</summary>
internal readonly ref struct Scratch
{
    private readonly byte[] _rented;

    public Scratch(int length)
    {
        _rented = ArrayPool<byte>.Shared.Rent(length);
        Span = _rented.AsSpan(0, length);
    }

    public Span<byte> Span { get; }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(Span);
        ArrayPool<byte>.Shared.Return(_rented);
    }
}
