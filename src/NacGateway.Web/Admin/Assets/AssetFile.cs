using System.IO.Compression;
using System.Security.Cryptography;

namespace NacGateway.Web.Admin.Assets;

/// <summary>
/// One asset in memory, in the three codings in which it is sent. Its path holds a hash of its content: a browser may keep it for ever,
/// and a new version is another path.
/// </summary>
internal sealed class AssetFile
{
    private readonly Lazy<byte[]> _brotli;
    private readonly Lazy<byte[]> _gzip;

    public AssetFile(string name, string extension, string contentType, byte[] content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content)[..8]);
        Path = $"/assets/{name}.{hash}.{extension}";
        ETag = $"\"{hash}\"";
        ContentType = contentType;
        Content = content;
        _brotli = new Lazy<byte[]>(() => Compress(content, buffer => new BrotliStream(buffer, CompressionLevel.SmallestSize, leaveOpen: true)));
        _gzip = new Lazy<byte[]>(() => Compress(content, buffer => new GZipStream(buffer, CompressionLevel.SmallestSize, leaveOpen: true)));
    }

    /// <summary>Path on the listener.</summary>
    public string Path { get; }

    public string ContentType { get; }

    public string ETag { get; }

    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The content in a coding: <c>br</c>, <c>gzip</c>, or null for as it is.</summary>
    public ReadOnlyMemory<byte> In(string? coding) => coding switch
    {
        "br" => _brotli.Value,
        "gzip" => _gzip.Value,
        _ => Content,
    };

    private static byte[] Compress(byte[] content, Func<Stream, Stream> compressor)
    {
        using var buffer = new MemoryStream(content.Length / 3);
        using (var stream = compressor(buffer))
        {
            stream.Write(content);
        }

        return buffer.ToArray();
    }
}
