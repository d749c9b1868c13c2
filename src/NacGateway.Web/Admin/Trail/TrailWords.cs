using NacGateway.Web.Admin.Kit;

namespace NacGateway.Web.Admin.Trail;

/// <summary>The trail's stable words as people read them.</summary>
internal static class TrailWords
{
    private static readonly Dictionary<string, string> s_words = new(StringComparer.Ordinal)
    {
        ["access.sign-in"] = "Sign-in",
        ["access.sign-out"] = "Sign-out",
        ["access.key"] = "API key",
        ["access.flood"] = "Many sign-ins",
        ["administrator.add"] = "Add account",
        ["administrator.close"] = "Close account",
        ["administrator.role"] = "Change role of account",
        ["administrator.password"] = "Change password",
        ["administrator.totp"] = "Change second factor",
        ["api-key.make"] = "Make API key",
        ["api-key.revoke"] = "Revoke API key",
        ["session.disconnect"] = "Disconnect session",
        ["session.extend"] = "Extend session",
        ["session.role"] = "Change role of session",
        ["session.message"] = "Send message to session",
        ["person.unlock"] = "Unlock sign-in",
        ["policy.save"] = "Put rules in force",
        ["policy.apply-live"] = "Apply rules to open sessions",
        ["setting.change"] = "Change setting",
        ["setting.save"] = "Change setting",
        ["garden.save"] = "Change walled garden",
        ["radius.test"] = "Test RADIUS server",
        ["view.save"] = "Save view",
        ["view.change"] = "Change view",
        ["view.delete"] = "Delete view",
        ["view.restore"] = "Restore view",
        ["audit.verify"] = "Verify audit trail",
        ["audit.export"] = "Export audit trail",
    };

    public static string Of(string action) => s_words.GetValueOrDefault(action) ?? Read(action);

    /// <summary>A word that has none here yet, such as "session.change-role", as "Session: change role".</summary>
    private static string Read(string action)
    {
        var (subject, verb) = action.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? (action[..dot], action[(dot + 1)..]) : (action, "");
        var words = $"{subject}{(verb.Length == 0 ? "" : ": ")}{verb}".Replace('-', ' ').Replace('.', ' ');
        return words.Length == 0 ? action : char.ToUpperInvariant(words[0]) + words[1..];
    }

    public static DeskState State(string outcome) => outcome switch
    {
        "done" => new DeskState("Done", Look.Good),
        "refused" => new DeskState("Refused", Look.Warn),
        "failed" => new DeskState("Failed", Look.Bad),
        "asked" => new DeskState("Asked", Look.Info),
        _ => new DeskState(outcome, Look.Unknown),
    };
}
