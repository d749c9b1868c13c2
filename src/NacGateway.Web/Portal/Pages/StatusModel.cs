namespace NacGateway.Web.Portal.Pages;

/// <summary>What the status page says about an open session, ready to print.</summary>
public sealed record StatusModel
{
    /// <summary>Hidden field of the log-off form.</summary>
    public required string Token { get; init; }

    /// <summary>Who is signed in.</summary>
    public required string UserName { get; init; }

    /// <summary>Time left in words; null when there is no limit.</summary>
    public string? TimeLeft { get; init; }

    /// <summary>When it ends, in words.</summary>
    public string? Ends { get; init; }

    /// <summary>Seconds left, for the bar.</summary>
    public long SecondsLeft { get; init; }

    /// <summary>Seconds granted, for the bar.</summary>
    public long SecondsGranted { get; init; }

    /// <summary>When silence ends it, in words; null when it does not.</summary>
    public string? Idle { get; init; }

    /// <summary>Octets to the client, in words.</summary>
    public required string Received { get; init; }

    /// <summary>Octets from the client, in words.</summary>
    public required string Sent { get; init; }

    /// <summary>Since when, in words.</summary>
    public required string Since { get; init; }

    /// <summary>What the organisation says to this person: Reply-Messages of the Accept or of a CoA-Request, cleaned.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>What an administrator wrote to this person, a line each, cleaned; empty for nothing.</summary>
    public IReadOnlyList<string> Notice { get; init; } = [];

    /// <summary>Hidden field of the form that puts the notice away; empty for none.</summary>
    public string NoticeToken { get; init; } = "";

    /// <summary>Something to say first, as after a log-off that did not count.</summary>
    public Problem? Problem { get; init; }
}
