namespace NacGateway.Web.Desk.Radius;

/// <summary>How a server does, in the words of the desk.</summary>
public enum ServerStanding
{
    /// <summary>Nothing was sent to it yet, or its name is not resolved.</summary>
    Unknown = 0,

    /// <summary>It answers in time.</summary>
    Up,

    /// <summary>It answers, but late.</summary>
    Slow,

    /// <summary>The last request found no answer.</summary>
    Suspect,

    /// <summary>Several requests found no answer; it is asked when no other is left.</summary>
    Down,

    /// <summary>It answers again, and must go on doing so before it is trusted.</summary>
    ComingBack,
}
