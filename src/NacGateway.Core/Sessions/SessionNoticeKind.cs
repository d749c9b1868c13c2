namespace NacGateway.Core.Sessions;

/// <summary>What a <see cref="SessionNotice"/> tells of.</summary>
public enum SessionNoticeKind
{
    None = 0,

    /// <summary>A session was opened.</summary>
    Opened = 1,

    /// <summary>An open session was put under other limits, or anything else about it was changed.</summary>
    Changed = 2,

    /// <summary>A session ended.</summary>
    Ended = 3,

    /// <summary>A step of a sign-in was refused: no session came of it.</summary>
    Refused = 4,
}
