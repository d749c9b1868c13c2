namespace NacGateway.Harness.Input;

/// <summary>Octets of a file that holds one secret.</summary>
internal static class SecretFile
{
    /// <summary>The octets without the last line end, which an editor puts there unasked.</summary>
    /// <exception cref="UsageException">The file cannot be read.</exception>
    public static byte[] Read(string path, string option)
    {
        try
        {
            return WithoutLineEnd(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{option}: {exception.Message} Name a file that this user may read.", exception);
        }
    }

    public static byte[] WithoutLineEnd(byte[] octets) => octets switch
    {
        [.. var rest, (byte)'\r', (byte)'\n'] => rest,
        [.. var rest, (byte)'\n'] => rest,
        _ => octets,
    };
}
