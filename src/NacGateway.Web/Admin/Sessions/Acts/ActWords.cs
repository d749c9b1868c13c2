namespace NacGateway.Web.Admin.Sessions.Acts;

/// <summary>What is asked before an act, for one session and for several.</summary>
internal static class ActWords
{
    public static string Title(string verb, int count) => count == 1 ? TitleOne(verb) : string.Format(System.Globalization.CultureInfo.InvariantCulture, TitleMany(verb), count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));

    public static string TitleOne(string verb) => verb switch
    {
        "extend" => "Extend this session?",
        "role" => "Put this session under another role?",
        "message" => "Write to this person?",
        _ => "Disconnect this session?",
    };

    public static string TitleMany(string verb) => verb switch
    {
        "extend" => "Extend {0} sessions?",
        "role" => "Put {0} sessions under another role?",
        "message" => "Write to {0} people?",
        _ => "Disconnect {0} sessions?",
    };

    public static string VerbOne(string verb) => verb switch
    {
        "extend" => "Extend",
        "role" => "Change the role",
        "message" => "Send the message",
        _ => "Disconnect",
    };

    public static string VerbMany(string verb) => verb switch
    {
        "extend" => "Extend {0} sessions",
        "role" => "Change the role of {0} sessions",
        "message" => "Send to {0} people",
        _ => "Disconnect {0} sessions",
    };

    public static string Verb(string verb, int count) => count == 1 ? VerbOne(verb) : string.Format(System.Globalization.CultureInfo.InvariantCulture, VerbMany(verb), count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>What it means for the people.</summary>
    public static string Effect(string verb) => verb switch
    {
        "extend" => "The end moves, whoever set it: the server, a role or the settings. Idle time and quotas stay as they are.",
        "role" => "What the old role limited goes, what the server granted stays, and the new role's limits count. Rules saved later leave such sessions as they are; a server that is asked again replaces it, and the history says so.",
        "message" => "It is shown on the status page of the sign-in portal as plain text, until the person has put it away or the session ends.",
        _ => "They must sign in again. What they are loading is cut.",
    };
}
