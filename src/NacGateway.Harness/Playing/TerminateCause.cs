namespace NacGateway.Harness.Playing;

/// <summary>Why a session ended: the values of Acct-Terminate-Cause that are played (RFC 2866 section 5.10).</summary>
internal enum TerminateCause
{
    /// <summary>It has not ended.</summary>
    None = 0,

    /// <summary>The user logged off.</summary>
    UserRequest = 1,

    /// <summary>The user went out of reach.</summary>
    LostCarrier = 2,

    /// <summary>The user did nothing for too long.</summary>
    IdleTimeout = 4,

    /// <summary>Session-Timeout of the Access-Accept is over.</summary>
    SessionTimeout = 5,

    /// <summary>A Disconnect-Request ended it.</summary>
    AdminReset = 6,

    /// <summary>The NAS goes down in good order.</summary>
    AdminReboot = 7,
}
