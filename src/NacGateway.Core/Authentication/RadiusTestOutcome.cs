namespace NacGateway.Core.Authentication;

/// <summary>What came of a sign-in that was sent to try a server.</summary>
public enum RadiusTestOutcome
{
    /// <summary>The server accepted, and its answer can be believed.</summary>
    Accepted = 0,

    /// <summary>The server accepted, but did not prove that it knows the password (MS-CHAP2-Success): a sign-in would be refused.</summary>
    NotProved,

    /// <summary>The server refused.</summary>
    Rejected,

    /// <summary>The server wants another factor. The test ends there.</summary>
    Challenged,

    /// <summary>No answer came that could be believed.</summary>
    Unanswered,

    /// <summary>Too many failed tries of this user, or from this address: nothing was sent.</summary>
    Throttled,

    /// <summary>RADIUS cannot carry what was typed: nothing was sent.</summary>
    NotSendable,

    /// <summary>There is no server of that name, or none at all: nothing was sent.</summary>
    NoServer,
}
