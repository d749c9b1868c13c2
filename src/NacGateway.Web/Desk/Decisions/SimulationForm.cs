using Microsoft.Extensions.Primitives;

namespace NacGateway.Web.Desk.Decisions;

/// <summary>What somebody has typed into the simulator, as typed.</summary>
public sealed record SimulationForm
{
    /// <summary>Longest text of the attributes, in characters.</summary>
    public const int LongestAttributes = 16_000;

    /// <summary>User-Name.</summary>
    public string User { get; init; } = "";

    /// <summary>The client's address.</summary>
    public string Address { get; init; } = "";

    /// <summary>The client's MAC address; empty for not known.</summary>
    public string Mac { get; init; } = "";

    /// <summary>Called-Station-Id, perhaps with an SSID; empty for the one of the settings.</summary>
    public string Called { get; init; } = "";

    /// <summary>The instant in UTC; empty for now.</summary>
    public string At { get; init; } = "";

    /// <summary>accept, reject, challenge or none; empty for accept.</summary>
    public string Answer { get; init; } = "";

    /// <summary>The server that answers; empty for the first.</summary>
    public string Server { get; init; } = "";

    /// <summary>Attributes of the answer, one a line.</summary>
    public string Attributes { get; init; } = "";

    /// <summary>A kept version of the rules; empty for those in force.</summary>
    public string Version { get; init; } = "";

    /// <summary>Rules to try instead, as JSON; null for those in force or of <see cref="Version"/>.</summary>
    public string? Document { get; init; }

    /// <summary>Whether enough was typed to run.</summary>
    public bool IsAsked => User.Length > 0 || Address.Length > 0;

    /// <summary>The fields with their names in the URL; those that are empty, and the document, left out.</summary>
    public IEnumerable<(string Key, string Value)> Fields => new (string Key, string Value)[]
    {
        ("user", User), ("ip", Address), ("mac", Mac), ("called", Called), ("at", At), ("answer", Answer), ("server", Server), ("attr", Attributes), ("version", Version),
    }.Where(pair => pair.Value.Length > 0);

    /// <summary>Reads the fields of a URL or a form.</summary>
    public static SimulationForm Read(Func<string, StringValues> find)
    {
        ArgumentNullException.ThrowIfNull(find);
        return new SimulationForm
        {
            User = Text("user"),
            Address = Text("ip"),
            Mac = Text("mac"),
            Called = Text("called"),
            At = Text("at"),
            Answer = Text("answer"),
            Server = Text("server"),
            Attributes = string.Join('\n', find("attr").Select(part => part ?? "")).ReplaceLineEndings("\n").Trim('\n'),
            Version = Text("version"),
        };

        string Text(string key) => key == "user" ? find(key).FirstOrDefault() ?? "" : (find(key).FirstOrDefault() ?? "").Trim();
    }
}
