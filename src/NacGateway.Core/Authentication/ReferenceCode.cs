using System.Security.Cryptography;

namespace NacGateway.Core.Authentication;

/// <summary>Makes the short codes that link what a person sees to the log.</summary>
public static class ReferenceCode
{
    /// <summary>Without I, L, O and U, so that a code survives being read out on the telephone.</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A code such as 7K2-91F: 30 random bits, enough to find one line among those of a day.</summary>
    public static string Next() => $"{RandomNumberGenerator.GetString(Alphabet, 3)}-{RandomNumberGenerator.GetString(Alphabet, 3)}";
}
