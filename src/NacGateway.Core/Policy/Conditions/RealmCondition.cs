namespace NacGateway.Core.Policy.Conditions;

/// <summary>
/// The realm of the user's name: what follows its last <c>@</c> (RFC 7542 section 2.2), or else precedes its first <c>\</c>. An empty
/// entry means a name without realm.
/// </summary>
internal sealed class RealmCondition(IReadOnlyList<TextPattern> realms) : ICondition
{
    public string Words => $"the realm of the user's name is {TextPattern.Choice(realms.Select(realm => realm.Text))}";

    public string? Miss(AccessQuery query)
    {
        var realm = Of(query.UserName);
        return realms.Any(pattern => pattern.Matches(realm)) ? null
            : realm.Length == 0 ? $"the user's name has no realm, and {TextPattern.Words(realms)} is asked for"
            : $"the realm '{realm}' is not {TextPattern.Words(realms)}";
    }

    /// <summary>The realm of a name, or nothing.</summary>
    public static string Of(string userName)
    {
        var at = userName.LastIndexOf('@');
        return at >= 0 ? userName[(at + 1)..] : userName[..Math.Max(0, userName.IndexOf('\\', StringComparison.Ordinal))];
    }
}
