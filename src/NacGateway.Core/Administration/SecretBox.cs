using System.Security.Cryptography;
using System.Text;

namespace NacGateway.Core.Administration;

/// <summary>
/// Seals what must not lie in the database in the clear, by a key in a file of its own: whoever gets a copy of the database has not got
/// that. The key is made when it is first needed, so no two installations have the same. Safe for concurrent use.
/// </summary>
public sealed class SecretBox
{
    private const int KeyLength = 32;

    private readonly string _file;
    private readonly Lazy<byte[]> _key;

    /// <param name="file">Where the key is, or is to be.</param>
    public SecretBox(string file)
    {
        _file = file;
        _key = new Lazy<byte[]>(ReadKey);
    }

    private static int NonceLength => AesGcm.NonceByteSizes.MaxSize;

    private static int TagLength => AesGcm.TagByteSizes.MaxSize;

    /// <summary>Seals octets for a purpose; they can be opened for the same one only, so that nothing can be moved to another row.</summary>
    /// <exception cref="IOException">The key can be neither read nor made; the message names the file.</exception>
    public byte[] Seal(ReadOnlySpan<byte> clear, string purpose)
    {
        var boxed = new byte[NonceLength + TagLength + clear.Length];
        RandomNumberGenerator.Fill(boxed.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(_key.Value, TagLength);
        cipher.Encrypt(boxed.AsSpan(0, NonceLength), clear, boxed.AsSpan(NonceLength + TagLength), boxed.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(purpose));
        return boxed;
    }

    /// <summary>Opens what was sealed; null when the key or the purpose is another, or it was changed.</summary>
    /// <exception cref="IOException">The key can be neither read nor made; the message names the file.</exception>
    public byte[]? Open(ReadOnlySpan<byte> boxed, string purpose)
    {
        if (boxed.Length < NonceLength + TagLength)
        {
            return null;
        }

        var clear = new byte[boxed.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(_key.Value, TagLength);
        try
        {
            cipher.Decrypt(boxed[..NonceLength], boxed[(NonceLength + TagLength)..], boxed.Slice(NonceLength, TagLength), clear, Encoding.UTF8.GetBytes(purpose));
            return clear;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private byte[] ReadKey()
    {
        try
        {
            if (!File.Exists(_file))
            {
                MakeKey();
            }

            var key = File.ReadAllBytes(_file);
            return key.Length == KeyLength ? key : throw new IOException($"The key in {_file} has {key.Length} octets instead of {KeyLength}. Put the right file back (Admin:KeyFile).");
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"The key in {_file} cannot be used: {exception.Message} Let the gateway read it (Admin:KeyFile).", exception);
        }
    }

    /// <summary>Written aside and then moved, so that nobody reads half a key; when two make one at a time the first stays.</summary>
    private void MakeKey()
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(_file))!;
        Directory.CreateDirectory(folder);
        var aside = Path.Combine(folder, Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = File.Open(aside, options))
        {
            stream.Write(RandomNumberGenerator.GetBytes(KeyLength));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(aside, _file, overwrite: false);
        }
        catch (IOException) when (File.Exists(_file))
        {
            File.Delete(aside);
        }
    }
}
