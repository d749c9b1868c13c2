using System.Text;

namespace NacGateway.Radius.Attributes;

/// <summary>
/// The grammar of network access identifiers (RFC 7542 section 2.2): <c>user</c>, <c>@realm</c> or <c>user@realm</c>. It only tells
/// whether and where a name has a realm; a sign-in must not fail because its name is none (section 2.6.1), and the name is sent as it was
/// typed (section 3). Immutable.
/// </summary>
/// <param name="User">What stands before the @; empty when the name begins with it.</param>
/// <param name="Realm">What stands behind the @, or empty; compared without regard to the case of ASCII letters.</param>
public readonly record struct NetworkAccessIdentifier(string User, string Realm)
{
    private const string UserPunctuation = "!#$%&'*+-/=?^_`{|}~";

    /// <summary>Reads a name.</summary>
    /// <param name="name">The name as typed.</param>
    /// <param name="identifier">Its parts; default when it is none.</param>
    /// <returns>Whether the name is an identifier. A realm has at least two labels.</returns>
    public static bool TryParse(string name, out NetworkAccessIdentifier identifier)
    {
        int at = name.IndexOf('@', StringComparison.Ordinal);
        string user = at < 0 ? name : name[..at];
        string realm = at < 0 ? "" : name[(at + 1)..];
        bool isUser = user.Length == 0 ? at == 0 : user.Split('.').All(IsUserPart);
        bool isRealm = at < 0 || (realm.Contains('.', StringComparison.Ordinal) && realm.Split('.').All(IsLabel));
        identifier = isUser && isRealm ? new NetworkAccessIdentifier(user, realm) : default;
        return isUser && isRealm;
    }

    private static bool IsUserPart(string part) =>
        part.Length != 0 && part.EnumerateRunes().All(rune => IsLetterOrDigit(rune) || (rune.IsAscii && UserPunctuation.Contains((char)rune.Value, StringComparison.Ordinal)));

    private static bool IsLabel(string label) =>
        label.Length != 0 && label[0] != '-' && label[^1] != '-' && label.EnumerateRunes().All(rune => IsLetterOrDigit(rune) || rune.Value == '-');

    private static bool IsLetterOrDigit(Rune rune) => rune.IsAscii ? char.IsAsciiLetterOrDigit((char)rune.Value) : rune != Rune.ReplacementChar;
}
