using System.Text;

namespace NacGateway.Core.Authentication;

/// <summary>Reads the secret shared with a server or a client: exactly the octets given, for a blank trimmed off is a secret that differs (RFC 2865 section 3).</summary>
internal static class SharedSecret
{
    /// <summary>Shorter ones can be guessed from one captured packet (draft-ietf-radext-deprecating-radius section 3).</summary>
    public const int AdvisedLength = 16;

    /// <summary>The octets, or null with the reason.</summary>
    public static byte[]? TryRead(RadiusServerOptions server, out string? problem) => TryRead(server.Secret, server.SecretFile, out problem);

    /// <summary>The octets of a secret that is given by itself or in a file, or null with the reason.</summary>
    public static byte[]? TryRead(string? secret, string? file, out string? problem)
    {
        problem = null;
        if (!string.IsNullOrEmpty(secret))
        {
            return Encoding.UTF8.GetBytes(secret);
        }

        try
        {
            var octets = WithoutLineEnd(File.ReadAllBytes(file ?? ""));
            problem = octets.Length == 0 ? "is empty" : null;
            return octets.Length == 0 ? null : octets;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = $"cannot be read: {exception.Message}";
            return null;
        }
    }

    private static byte[] WithoutLineEnd(byte[] octets) => octets switch
    {
        [.. var rest, (byte)'\r', (byte)'\n'] => rest,
        [.. var rest, (byte)'\n'] => rest,
        _ => octets,
    };
}
