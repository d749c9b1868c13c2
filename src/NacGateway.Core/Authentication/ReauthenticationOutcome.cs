namespace NacGateway.Core.Authentication;

/// <summary>What came of asking a server about a session again.</summary>
internal enum ReauthenticationOutcome
{
    /// <summary>It goes on, under the limits of the new Accept.</summary>
    Renewed = 0,

    /// <summary>The server refused, and it has ended.</summary>
    Refused,

    /// <summary>No server answered; nothing was changed.</summary>
    Unanswered,

    /// <summary>It had ended by itself in between.</summary>
    Gone,
}
