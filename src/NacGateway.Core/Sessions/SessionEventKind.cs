namespace NacGateway.Core.Sessions;

/// <summary>What happened to a session between its beginning and its end. The numbers are in the database.</summary>
public enum SessionEventKind
{
    None = 0,

    /// <summary>It was put under other limits.</summary>
    Changed = 1,

    /// <summary>It was ended by somebody: an administrator, or a Disconnect-Request.</summary>
    Ended = 2,

    /// <summary>Somebody asked for a change or the end, and was refused.</summary>
    Refused = 3,

    /// <summary>The server was asked again, as Termination-Action says (RFC 2865 section 5.29).</summary>
    Reauthenticated = 4,

    /// <summary>An administrator wrote to its user.</summary>
    Told = 5,

    /// <summary>Its device became known or came to another address, or another device took its address.</summary>
    Moved = 6,
}
