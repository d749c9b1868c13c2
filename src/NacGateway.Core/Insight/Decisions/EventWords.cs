using NacGateway.Core.Sessions;

namespace NacGateway.Core.Insight.Decisions;

/// <summary>What was done to a session, in words: by a CoA client, an administrator, or its server.</summary>
public static class EventWords
{
    /// <summary>In a few words.</summary>
    public static string Title(SessionEventKind kind) => kind switch
    {
        SessionEventKind.None => "Noted",
        SessionEventKind.Changed => "Changed",
        SessionEventKind.Ended => "Ended",
        SessionEventKind.Refused => "Asked for and refused",
        SessionEventKind.Reauthenticated => "Server asked again",
        SessionEventKind.Told => "Message to the person",
        SessionEventKind.Moved => "Address or device",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are no words for this kind."),
    };

    /// <summary>As a sentence.</summary>
    public static Sentence Of(SessionEvent line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return $"By {line.By}: {line.Text}";
    }
}
